import { describe, expect, test } from 'vitest'
import { decide } from '../../../shared/policy/decide.ts'
import { ask, DOCS, type Facts, ISSUERS, outcome, onePolicy as policy } from './one-grant.ts'
import { callerOf, GITHUB } from './policies.ts'

const RENAMED: Facts = { repository: 'acme/handbook' }
const REREGISTERED: Facts = { repository_id: '99' }
const TRANSFERRED: Facts = { repository: 'acme-labs/docs', repository_owner: 'acme-labs', repository_owner_id: '7' }
const OWNER_RENAMED: Facts = { repository: 'acme-corp/docs', repository_owner: 'acme-corp' }

describe('a workload with name and id', () => {
  test.each([
    ['as it is', {}, 'allow'],
    ['in other letter case', { repository: 'ACME/Docs', repository_owner: 'ACME' }, 'allow'],
    ['renamed under the same owner', RENAMED, 'allow repository_renamed'],
    ['whose owner was renamed', OWNER_RENAMED, 'allow owner_renamed repository_renamed'],
    ['of the same name and another id', REREGISTERED, 'no_rule repository_id'],
    ['of the same name in other case and another id', { ...REREGISTERED, repository: 'Acme/Docs' }, 'no_rule repository_id'],
    ['under another owner of the fence', TRANSFERRED, 'no_rule repository repository_owner_id'],
    ['under another owner who took the name', { repository_owner_id: '7' }, 'no_rule repository_owner_id'],
    ['with neither name nor id', { repository: 'acme/other', repository_id: '5' }, 'no_rule repository repository_id'],
    ['without an id', { repository_id: null }, 'no_rule repository_id'],
    ['with an empty id', { repository_id: '' }, 'no_rule repository_id'],
  ])('%s', (_how, facts, expected) => {
    expect(outcome(ask(policy(), facts))).toBe(expected)
  })

  test('notes a rename with both names', () => {
    expect(ask(policy(), RENAMED)).toMatchObject({
      notes: [{ about: 'repository_renamed', policyName: 'acme/docs', tokenName: 'acme/handbook' }],
    })
    expect(ask(policy(), OWNER_RENAMED)).toMatchObject({
      notes: [{ about: 'owner_renamed', policyName: 'acme', tokenName: 'acme-corp' }, {}],
    })
  })

  test('says what a re-registered and a transferred repository are', () => {
    expect(ask(policy(), REREGISTERED)).toMatchObject({
      reasons: [{ attribute: 'repository_id', seen: '99', hint: expect.stringContaining('re-registered') }],
    })
    expect(ask(policy(), TRANSFERRED)).toMatchObject({ reasons: [{ hint: expect.stringContaining('transferred') }, { seen: '7' }] })
  })
})

describe('other ways to name a workload', () => {
  const ID_ONLY = { repository_id: '1217768983' }
  const ID_AND_OWNER_ID = { ...ID_ONLY, repository_owner_id: '65000001' }
  const ALL = { ...DOCS, repository_owner: 'acme', repository_owner_id: '65000001' }
  const NAME_ONLY = { repository: 'acme/docs' }

  test.each([
    ['id alone', ID_ONLY, {}, 'allow'],
    ['id alone, renamed', ID_ONLY, RENAMED, 'allow'],
    ['id alone, transferred within the fence', ID_ONLY, TRANSFERRED, 'allow'],
    ['id alone, another id', ID_ONLY, REREGISTERED, 'no_rule repository_id'],
    ['id and owner id, transferred', ID_AND_OWNER_ID, TRANSFERRED, 'no_rule repository_owner_id'],
    ['id and owner id, renamed', ID_AND_OWNER_ID, RENAMED, 'allow'],
    ['id and owner id, owner renamed', ID_AND_OWNER_ID, OWNER_RENAMED, 'allow owner_renamed'],
    ['all four, renamed', ALL, RENAMED, 'allow repository_renamed'],
    ['all four, owner renamed', ALL, OWNER_RENAMED, 'allow owner_renamed repository_renamed'],
    ['all four, transferred', ALL, TRANSFERRED, 'no_rule repository repository_owner repository_owner_id'],
    ['all four, owner taken over', ALL, { repository_owner_id: '7' }, 'no_rule repository_owner_id'],
    [
      'id and owner name, owner taken over',
      { ...ID_ONLY, repository_owner: 'acme' },
      { repository_owner_id: '7' },
      'no_rule repository_owner_id',
    ],
    [
      'id and an owner that is no name of one',
      { ...ID_ONLY, repository_owner: 'acme/docs' },
      {},
      'no_rule repository_owner repository_owner_id',
    ],
    ['name alone', NAME_ONLY, REREGISTERED, 'allow'],
    ['name alone, renamed', NAME_ONLY, RENAMED, 'no_rule repository'],
    ['owner name', { repository_owner: 'acme' }, RENAMED, 'allow'],
    ['owner name, renamed', { repository_owner: 'acme' }, OWNER_RENAMED, 'no_rule repository_owner'],
    ['a pattern', { repository: 'acme/*' }, RENAMED, 'allow'],
    ['a pattern, other owner', { repository: 'acme/*' }, TRANSFERRED, 'no_rule repository'],
    ['a pattern and an id, renamed', { repository: 'acme/d*', repository_id: '1217768983' }, RENAMED, 'allow repository_renamed'],
    [
      'a pattern and an id, transferred',
      { repository: 'acme/*', repository_id: '1217768983' },
      TRANSFERRED,
      'no_rule repository repository_owner_id',
    ],
    ['a list of ids', { repository_id: ['1', '1217768983'] }, {}, 'allow'],
    [
      'an owner the fence calls otherwise now',
      { repository: 'old-acme/docs', repository_id: '1217768983' },
      { repository: 'old-acme/docs', repository_owner: 'old-acme' },
      'allow owner_renamed',
    ],
    [
      'an owner the fence does not know',
      { repository: 'old-acme/docs', repository_id: '1217768983' },
      {},
      'no_rule repository repository_owner_id',
    ],
    [
      'an owner by id, whose name in the policy is an old one',
      { repository: 'old-acme/docs', repository_id: '1217768983', repository_owner_id: '65000001' },
      {},
      'allow repository_renamed',
    ],
    [
      'runner and visibility',
      { ...DOCS, repository_visibility: 'private' },
      { repository_visibility: 'public' },
      'no_rule repository_visibility',
    ],
  ])('%s', (_how, is, facts, expected) => {
    expect(outcome(ask(policy({ is }), facts))).toBe(expected)
  })

  test('never identify a caller of another issuer', () => {
    const issuers = {
      ...ISSUERS,
      ghes: { platform: 'github', url: 'https://ghes.acme.example', owners: [{ name: 'acme', id: '65000001' }] },
    }
    const two = policy({ more: { issuers } })
    const [, ghes] = two.issuers.values()
    const caller = callerOf(two)
    const decision = decide(two, { ...caller, issuer: ghes ?? caller.issuer }, 'deploy')
    expect(outcome(decision)).toBe('no_rule issuer')
    expect(JSON.stringify(decision)).not.toContain(GITHUB)
  })
})
