import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { LEASE_ID, leaseEndsAt, leaseId, leaseIdFloor } from '../../shared/lease.ts'

const instants = fc.integer({ min: 0, max: 0xffffffff })
const random = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 })

it('a lease id says when its lease ends and is well formed', () => {
  fc.assert(
    fc.property(instants, random, (end, hex) => {
      const id = leaseId(end, hex)
      expect(id).toMatch(LEASE_ID)
      expect(leaseEndsAt(id)).toBe(end)
    }),
  )
})

it('lease ids sort by when their leases end, and none lies below the floor of its moment', () => {
  fc.assert(
    fc.property(instants, instants, random, random, (a, b, x, y) => {
      if (a < b) expect(leaseId(a, x) < leaseId(b, y)).toBe(true)
      expect(leaseIdFloor(a) <= leaseId(a, x)).toBe(true)
      if (a > b) expect(leaseIdFloor(a) > leaseId(b, y)).toBe(true)
    }),
  )
})

it.each(['', 'x'.repeat(32), 'A'.repeat(32), '0'.repeat(31), '0'.repeat(33), `${'0'.repeat(32)}\n`])('%j is no lease id', (text) => {
  expect(LEASE_ID.test(text)).toBe(false)
})
