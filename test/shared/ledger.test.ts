/** The hash chain, from the reader's side: whatever is changed, left out, moved or added is found. */
import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Entry, entrySchema, follow, GENESIS_HASH, hashedText, isEntry, type LedgerHead } from '../../shared/ledger.ts'
import { ENTRIES } from '../../shared/ledger-entries.ts'

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')
const GENESIS: LedgerHead = { seq: 0, hash: GENESIS_HASH }

const types = fc.constantFrom(...Object.keys(ENTRIES))
const members = fc.dictionary(
  fc.string({ minLength: 1 }).filter((name) => !['v', 'ledger', 'seq', 'at', 'type', 'prev', 'hash', '__proto__'].includes(name)),
  fc.jsonValue({ maxDepth: 2 }),
)

function chainOf(bodies: readonly { type: string; more: Record<string, unknown> }[]): Entry[] {
  const entries: Entry[] = []
  for (const [index, { type, more }] of bodies.entries()) {
    const plain = JSON.parse(JSON.stringify(more))
    const entry = {
      ...plain,
      v: 1,
      ledger: 'v1:x:1',
      seq: index + 1,
      at: '2026-11-22T02:00:00.000Z',
      type,
      prev: entries.at(-1)?.hash ?? GENESIS_HASH,
    }
    entries.push(entrySchema.parse({ ...entry, hash: sha256Hex(hashedText(entry)) }))
  }
  return entries
}

const chains = fc.array(fc.record({ type: types, more: members }), { minLength: 1, maxLength: 8 }).map(chainOf)

/** The head after the whole chain, or what broke. */
function followAll(entries: readonly Entry[]): LedgerHead | string {
  let head = GENESIS
  for (const entry of entries) {
    const next = follow(head, entry, sha256Hex)
    if (!next.ok) return next.error.problem
    head = next.value
  }
  return head
}

const headOf = (entries: readonly Entry[]): LedgerHead => ({ seq: entries.length, hash: entries.at(-1)?.hash ?? GENESIS_HASH })

describe('a chain', () => {
  it('that nobody touched is followed to its head, also after a trip through JSON', () => {
    fc.assert(
      fc.property(chains, (entries) => {
        expect(followAll(entries)).toEqual(headOf(entries))
        expect(followAll(entries.map((entry) => entrySchema.parse(JSON.parse(JSON.stringify(entry)))))).toEqual(headOf(entries))
      }),
    )
  })

  it('is broken by any change of any member of any entry', () => {
    fc.assert(
      fc.property(chains, fc.nat(), fc.nat(), fc.jsonValue({ maxDepth: 1 }), (entries, which, member, value) => {
        const index = which % entries.length
        const entry = entries[index]
        if (entry === undefined) return
        const names = Object.keys(entry)
        const name = names[member % names.length] ?? 'type'
        fc.pre(JSON.stringify(entry[name]) !== JSON.stringify(value))
        const changed = entrySchema.safeParse({ ...entry, [name]: JSON.parse(JSON.stringify(value)) })
        if (!changed.success) return
        expect(followAll(entries.with(index, changed.data))).not.toEqual(headOf(entries))
      }),
    )
  })

  it('is broken by a member that is added or taken away', () => {
    fc.assert(
      fc.property(chains, fc.nat(), (entries, which) => {
        const index = which % entries.length
        const entry = entries[index]
        if (entry === undefined) return
        expect(followAll(entries.with(index, { ...entry, added: true }))).toBe('changed')
        const own = Object.keys(entry).find((name) => !['v', 'ledger', 'seq', 'at', 'type', 'prev', 'hash'].includes(name))
        if (own === undefined) return
        const { [own]: _, ...rest } = entry
        expect(followAll(entries.with(index, entrySchema.parse(rest)))).toBe('changed')
      }),
    )
  })

  it('is broken by an entry that is left out, doubled or moved, and by one of another chain', () => {
    const entries = chainOf(Array.from({ length: 5 }, (_, n) => ({ type: 'issued' as const, more: { n } })))
    const foreign = chainOf(Array.from({ length: 5 }, (_, n) => ({ type: 'issued' as const, more: { n: n + 1 } })))
    const [first, second, third, ...rest] = entries
    if (first === undefined || second === undefined || third === undefined) throw new Error('too short')
    expect(followAll([first, third, ...rest])).toBe('missing_or_reordered')
    expect(followAll([first, first, second, third, ...rest])).toBe('missing_or_reordered')
    expect(followAll([second, first, third, ...rest])).toBe('missing_or_reordered')
    expect(followAll([first, second, ...foreign.slice(2)])).toBe('not_chained')
    expect(followAll(entries.slice(0, -1))).toEqual(headOf(entries.slice(0, -1)))
  })

  it('that was written anew from some entry on has another head', () => {
    const entries = chainOf([
      { type: 'issued', more: { n: 1 } },
      { type: 'returned', more: {} },
    ])
    const anew = chainOf([
      { type: 'issued', more: { n: 2 } },
      { type: 'returned', more: {} },
    ])
    expect(followAll(anew)).not.toEqual(followAll(entries))
  })
})

describe('an entry', () => {
  const [valid] = chainOf([{ type: 'issued', more: {} }])
  const texts = fc.constantFrom(
    '',
    'v1:x:1',
    'issued',
    '0'.repeat(64),
    'F'.repeat(64),
    '2026-11-22T02:00:00.000Z',
    '2026-13-22T02:00:00Z',
    '2026',
  )
  const values = fc.oneof(texts, fc.constantFrom(0, 1, 2, -1, 1.5, 2 ** 53, null, true), fc.jsonValue({ maxDepth: 1 }))

  it('is told from anything else by both readers in the same way', () => {
    fc.assert(
      fc.property(fc.constantFrom('v', 'ledger', 'seq', 'at', 'type', 'prev', 'hash', 'more'), values, (name, value) => {
        const plain = JSON.parse(JSON.stringify({ ...valid, [name]: value }))
        expect(isEntry(plain)).toBe(entrySchema.safeParse(plain).success)
      }),
      { numRuns: 500 },
    )
  })
})
