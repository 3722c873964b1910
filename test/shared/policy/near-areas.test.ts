/** The look-up of near areas may only ever leave out what shares no run: over rules of all shapes, in grants large enough to be looked up. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type NearAreas, nearAreas } from '../../../shared/policy/near-areas.ts'
import { accessOf, type RuleArea } from '../../../shared/policy/plan-access.ts'
import { findOutside } from '../../../shared/policy/witness.ts'
import { EVERYWHERE, within } from '../../../shared/policy/witness-region.ts'
import { GITHUB, policyOf } from './policies.ts'

const LONG = 'a'.repeat(70)
const REFS = [
  'refs/heads/main',
  'refs/heads/main-2',
  'refs/heads/m*',
  'refs/heads/**',
  'refs/**',
  '**/main',
  'refs/heads/*n',
  'refs/tags/v*',
  'refs/tags/v1',
  `refs/heads/${LONG}b`,
  `refs/heads/${LONG}*`,
  `refs/heads/${LONG}c/**`,
]
const ENVIRONMENTS = ['production', 'Production', 'prod*', 'p*', '*-eu', 'prod-eu']
const some = (values: readonly string[]): fc.Arbitrary<string | string[]> =>
  fc.oneof(fc.constantFrom(...values), fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }))

const rule = fc.record(
  {
    workload: fc.constantFrom('w0', 'w1', 'w2', 'w3'),
    ref: some(REFS),
    environment: some(ENVIRONMENTS),
    event_name: some(['push', 'pull_request', 'release']),
    repository_owner: fc.constantFrom('acme', 'ACME', 'beta'),
  },
  { requiredKeys: ['workload', 'ref'] },
)

function areasOf(rules: readonly object[]): readonly RuleArea[] {
  const workload = (is: object): object => ({ issuer: 'github', is, owner: 'team' })
  const policy = policyOf({
    issuers: {
      github: {
        platform: 'github',
        url: GITHUB,
        owners: [
          { name: 'acme', id: '10' },
          { name: 'beta', id: '20' },
        ],
      },
    },
    workloads: {
      w0: workload({ repository: 'acme/docs', repository_id: '1' }),
      w1: workload({ repository: ['Acme/*', 'beta/docs'] }),
      w2: workload({ repository: 'ACME/DOCS' }),
      w3: workload({ repository_id: ['1', '2'] }),
    },
    connections: { c: { kind: 'jwt', owner: 'team', audience: 'https://a.example' } },
    grants: { g: { purpose: 'p', owner: 'team', connection: 'c', scope: { scopes: ['s'] }, ttl: '10m', allow: rules } },
  })
  const grant = policy.grant('g')
  if (grant === undefined) throw new Error('no grant')
  return accessOf(policy)(grant).rules
}

function shareARun(a: RuleArea, b: RuleArea): boolean {
  return findOutside(within(EVERYWHERE, [...a.tests, ...b.tests]), [], a.model) !== 'none'
}

test('areas that share a run are near each other, in the order they were added', () => {
  let left = 0
  fc.assert(
    fc.property(fc.array(rule, { minLength: 20, maxLength: 30 }), fc.nat(), (rules, pick) => {
      const areas = areasOf(rules)
      const area = areas[pick % areas.length]
      if (area === undefined) return
      const grown = nearAreas()
      for (const one of areas) grown.add(one)
      const check = (near: NearAreas): void => {
        const found = near.near(area)
        expect([...found].sort((a, b) => areas.indexOf(a) - areas.indexOf(b))).toEqual(found)
        for (const other of areas) if (!found.includes(other)) expect(shareARun(area, other), `${area.key} and ${other.key}`).toBe(false)
        left += areas.length - found.length
      }
      check(nearAreas(areas))
      check(grown)
    }),
    { numRuns: 150 },
  )
  expect(left).toBeGreaterThan(1_000)
})

test('of thousands of rules for one workload only those are near that can meet', () => {
  const areas = areasOf(Array.from({ length: 2_000 }, (_, index) => ({ workload: 'w0', ref: `refs/heads/b${index}/**` })))
  const near = nearAreas(areas)
  for (const area of areas) expect(near.near(area)).toEqual([area])
})
