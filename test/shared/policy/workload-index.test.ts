/** Which workloads a caller is: what `identify` says of each, found without looking at all. */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { identify } from '../../../shared/policy/identity.ts'
import { callerOf, GITHUB, policyOf } from './policies.ts'

const REPOSITORIES = ['acme/docs', 'acme/Docs', 'ACME/docs', 'acme/site', 'other/docs']
const IDS = ['1', '2', '1217768983']

const identity = fc
  .record(
    {
      repository: fc.oneof(
        fc.constantFrom(...REPOSITORIES),
        fc.constantFrom('acme/*', 'acme/d*'),
        fc.subarray(REPOSITORIES, { minLength: 1 }),
      ),
      repository_id: fc.oneof(fc.constantFrom(...IDS), fc.subarray(IDS, { minLength: 1 })),
      repository_owner_id: fc.constantFrom('65000001', '7'),
      environment: fc.constantFrom('production', 'staging'),
    },
    { requiredKeys: [] },
  )
  .filter((is) => Object.keys(is).length > 0)

test('finds exactly the workloads that the caller is', () => {
  fc.assert(
    fc.property(
      fc.array(identity, { maxLength: 12 }),
      fc.constantFrom(...REPOSITORIES),
      fc.constantFrom(...IDS),
      (identities, repository, id) => {
        const policy = policyOf({
          issuers: {
            github: {
              platform: 'github',
              url: GITHUB,
              owners: [
                { name: 'acme', id: '65000001' },
                { name: 'other', id: '7' },
              ],
            },
          },
          workloads: Object.fromEntries(identities.map((is, index) => [`w${index}`, { issuer: 'github', is, owner: 't' }])),
          connections: {},
          grants: {},
        })
        const caller = callerOf(policy, { repository, repository_id: id, environment: 'production' })
        const all = policy.workloadNames.filter((name) => {
          const record = policy.workload(name)
          return record !== undefined && identify(record, caller).matches
        })
        expect(
          policy
            .workloadsOf(caller)
            .map(({ name }) => name)
            .sort(),
        ).toEqual(all.sort())
      },
    ),
  )
})
