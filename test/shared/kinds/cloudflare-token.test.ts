/** The pure half of `cloudflare-token`: what a policy may write, that empty never means all, and that an ask can only lose access. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CloudflareTokenAsked,
  type CloudflareTokenScope,
  cloudflareToken,
  type Resources,
} from '../../../shared/kinds/cloudflare-token.ts'
import { expectComparison, expectNarrowing, expectPageExample } from './laws.ts'

const ACCOUNT = '0123456789abcdef0123456789abcdef'
const ZONES = ['a', 'b', 'c'].map((letter) => letter.repeat(32))
const [zoneA = '', zoneB = ''] = ZONES
const connection = { account_id: ACCOUNT, token: { secret: 'UPSTREAM_CLOUDFLARE' } }
const scope: CloudflareTokenScope = { permissions: ['DNS Write', 'Zone Read'], resources: { zones: [zoneA, zoneB] } }

describe('a connection', () => {
  it('is taken with an account and the name of the parent token', () => {
    expect(cloudflareToken.connection.parse(connection)).toEqual(connection)
    expect(cloudflareToken.secretNames(connection)).toEqual(['UPSTREAM_CLOUDFLARE'])
  })

  it.each([
    ['an account id that is no id', { ...connection, account_id: 'acme' }],
    ['an account id with a path', { ...connection, account_id: `${ACCOUNT}/../x` }],
    ['a token written into the policy', { ...connection, token: 'cfat_secret' }],
    ['a secret that is not an upstream one', { ...connection, token: { secret: 'WEBHOOK_SECRET' } }],
    ['http to a host', { ...connection, api_url: 'http://api.cloudflare.com/client/v4' }],
  ])('is refused with %s', (_what, given) => {
    expect(cloudflareToken.connection.safeParse(given).success).toBe(false)
  })
})

describe('a scope', () => {
  it.each([
    ['the account', { permissions: ['Workers Scripts Write'], resources: 'account' }],
    ['zones by id', scope],
    ['all zones, said so', { permissions: ['Zone Read'], resources: { zones: 'all' } }],
    [
      'buckets',
      { permissions: ['Workers R2 Storage Bucket Item Read'], resources: { buckets: ['logs', 'eu/archive'] }, pin_address: true },
    ],
    ['a permission group by id', { permissions: ['c8fed203ed3043cba015a93ad1616f1f'], resources: 'account' }],
    ['a permission group with a colon', { permissions: ['Access: Apps and Policies Write'], resources: 'account' }],
  ])('takes %s', (_what, given) => {
    expect(cloudflareToken.scope.parse(given)).toEqual(given)
  })

  it.each([
    ['no permissions', { permissions: [], resources: 'account' }],
    ['no resources', { permissions: ['Zone Read'] }],
    ['empty zones', { permissions: ['Zone Read'], resources: { zones: [] } }],
    ['empty buckets', { permissions: ['Zone Read'], resources: { buckets: [] } }],
    ['an empty mapping of resources', { permissions: ['Zone Read'], resources: {} }],
    ['two sorts of resources', { permissions: ['Zone Read'], resources: { zones: [zoneA], buckets: ['logs'] } }],
    ['all buckets', { permissions: ['Zone Read'], resources: { buckets: 'all' } }],
    ['a zone by its domain', { permissions: ['Zone Read'], resources: { zones: ['example.com'] } }],
    ['a bucket with an underscore', { permissions: ['Zone Read'], resources: { buckets: ['eu_logs'] } }],
    ['a permission twice', { permissions: ['Zone Read', 'Zone Read'], resources: 'account' }],
    ['a permission with a line break', { permissions: ['Zone\nRead'], resources: 'account' }],
    ['a pin that is no boolean', { permissions: ['Zone Read'], resources: 'account', pin_address: 'yes' }],
    ['an unknown member', { ...scope, expires_on: 'never' }],
  ])('refuses %s', (_what, given) => {
    expect(cloudflareToken.scope.safeParse(given).success).toBe(false)
  })

  it('is summarised in one line', () => {
    expect(cloudflareToken.summary({ ...scope, pin_address: true })).toBe(
      `DNS Write, Zone Read on zones ${zoneA}, ${zoneB} from the caller's address`,
    )
    expect(cloudflareToken.summary({ permissions: ['Zone Read'], resources: 'account' })).toBe('Zone Read on the account')
    expect(cloudflareToken.summary({ permissions: ['Zone Read'], resources: { zones: 'all' } })).toBe('Zone Read on all zones')
  })
})

describe('an ask', () => {
  it.each([
    ['nothing', {}],
    ['empty permissions', { permissions: [] }],
    ['an empty mapping of resources', { resources: {} }],
    ['an unknown member', { permissions: ['Zone Read'], type: 'x' }],
  ])('is malformed with %s', (_what, given) => {
    expect(cloudflareToken.asked.safeParse(given).success).toBe(false)
  })

  it('may ask to be pinned to its own address', () => {
    expect(cloudflareToken.narrow(scope, { pin_address: true })).toEqual({ ok: true, value: { ...scope, pin_address: true } })
  })

  it.each<[string, CloudflareTokenScope, CloudflareTokenAsked, { field: string; asked: string }]>([
    ['a permission outside the scope', scope, { permissions: ['Zone Write'] }, { field: 'permissions', asked: 'Zone Write' }],
    ['a zone outside the scope', scope, { resources: { zones: ['f'.repeat(32)] } }, { field: 'resources.zones', asked: 'f'.repeat(32) }],
    ['all zones', scope, { resources: { zones: 'all' } }, { field: 'resources.zones', asked: 'all' }],
    ['the account instead of zones', scope, { resources: 'account' }, { field: 'resources', asked: 'account' }],
    [
      'zones instead of the account',
      { ...scope, resources: 'account' },
      { resources: { zones: [zoneA] } },
      { field: 'resources', asked: 'zones' },
    ],
    ['to be unpinned', { ...scope, pin_address: true }, { pin_address: false }, { field: 'pin_address', asked: 'false' }],
  ])('is refused with %s, never trimmed', (_what, granted, asked, error) => {
    expect(cloudflareToken.narrow(granted, asked)).toEqual({ ok: false, error })
  })
})

const members = (from: readonly string[]) => fc.uniqueArray(fc.constantFrom(...from), { minLength: 1 })
const anyResources: fc.Arbitrary<Resources> = fc.oneof(
  fc.constant('account' as const),
  fc.constant({ zones: 'all' as const }),
  members(ZONES).map((zones) => ({ zones })),
  members(['logs', 'eu/logs']).map((buckets) => ({ buckets })),
)
const groups = members(['DNS Write', 'Zone Read', 'Zone Write'])
const anyScope: fc.Arbitrary<CloudflareTokenScope> = fc.record(
  { permissions: groups, resources: anyResources, pin_address: fc.boolean() },
  { requiredKeys: ['permissions', 'resources'], noNullPrototype: true },
)
const anyAsk: fc.Arbitrary<CloudflareTokenAsked> = fc.record(
  { permissions: groups, resources: anyResources, pin_address: fc.boolean() },
  { requiredKeys: [], noNullPrototype: true },
)

/** Everything a scope allows, one line each; an unpinned token also works from elsewhere, and all zones hold one nobody named. */
function powers({ permissions, resources, pin_address }: CloudflareTokenScope): ReadonlySet<string> {
  const origins = pin_address === true ? ['here'] : ['here', 'elsewhere']
  return new Set(
    permissions.flatMap((group) => resourceLines(resources).flatMap((where) => origins.map((from) => `${group} ${where} ${from}`))),
  )
}

function resourceLines(resources: Resources): readonly string[] {
  if (resources === 'account') return ['account']
  if ('buckets' in resources) return resources.buckets
  return resources.zones === 'all' ? [...ZONES, 'unnamed'] : resources.zones
}

describe('the law of narrowing', () => {
  it('never gives more than the scope, never more than the ask, and refuses only what goes beyond', () => {
    expectNarrowing(cloudflareToken.narrow, powers, { scopes: anyScope, asks: anyAsk })
  })

  it('compares scopes as their powers compare', () => {
    expectComparison(cloudflareToken.compare, powers, anyScope)
  })
})

describe('the page of the kind', () => {
  it('shows a connection and a scope that are taken', () => {
    expectPageExample(cloudflareToken)
  })
})
