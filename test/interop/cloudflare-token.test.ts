/** `cloudflare-token` against the vendor's own SDK, generated from Cloudflare's schema: the same calls through both must be the same requests. */
import Cloudflare from 'cloudflare'
import { describe, expect, it } from 'vitest'
import type { CloudflareTokenScope, Resources } from '../../shared/kinds/cloudflare-token.ts'
import { cloudflareTokenProvider } from '../../worker/providers/cloudflare-token.ts'
import { LEASE_ID, NOW, orderOf, providerDeps } from '../fakes/provider-order.ts'
import { json, type RecordedRequest, startUpstream } from '../fakes/upstream.ts'

const ACCOUNT = '0123456789abcdef0123456789abcdef'
const ZONE = 'a'.repeat(32)
const GROUP = 'c8fed203ed3043cba015a93ad1616f1f'
const OTHER_GROUP = '82e64a83756745bbbb1c9c2701bf816b'
const TOKEN_ID = 'ed17574386854bf78a67040be0a770b0'
const PARENT = 'cfat_parent'
const deps = providerDeps({ UPSTREAM_CLOUDFLARE: PARENT })
const ENDS = '2026-11-18T11:16:40Z'

/** What reaches the API while `act` runs. It answers as the SDK's own types say an API does. */
async function requestsOf(act: (apiUrl: string) => Promise<unknown>): Promise<readonly RecordedRequest[]> {
  await using upstream = await startUpstream((request, response) => json(response, 200, answerTo(request)))
  await act(`${upstream.url}/client/v4`)
  return upstream.requests
}

function answerTo({ method, path, body }: RecordedRequest): unknown {
  const envelope = { success: true, errors: [], messages: [] }
  if (method === 'POST') return { ...envelope, result: { id: TOKEN_ID, value: 'cfat_minted', status: 'active', ...JSON.parse(body) } }
  if (method === 'DELETE') return { ...envelope, result: { id: TOKEN_ID } }
  if (!path.includes('permission_groups'))
    return { ...envelope, result: [], result_info: { count: 0, page: 1, per_page: 5, total_count: 3 } }
  return { ...envelope, result: [{ id: GROUP, name: 'Zone Read', scopes: ['com.cloudflare.api.account.zone'] }] }
}

/** The method, the path, the body and what the headers mean. */
function meaning({ method, path, body, headers }: RecordedRequest) {
  const { authorization, 'content-type': type, accept } = headers
  return { method, path, body: body === '' ? undefined : JSON.parse(body), authorization, type: body === '' ? undefined : type, accept }
}

const connectionTo = (apiUrl: string) => ({ account_id: ACCOUNT, token: { secret: 'UPSTREAM_CLOUDFLARE' }, api_url: apiUrl })
const sdk = (baseURL: string) => new Cloudflare({ apiToken: PARENT, baseURL, maxRetries: 0 })

type SdkPolicy = Parameters<Cloudflare['accounts']['tokens']['create']>[0]['policies'][number]

async function compareMints(scope: CloudflareTokenScope, policy: SdkPolicy, address?: string) {
  const order = { ...(address === undefined ? {} : { callerAddress: address }) }
  const ours = await requestsOf((url) => cloudflareTokenProvider.mint(orderOf(connectionTo(url), scope, order), deps))
  const theirs = await requestsOf((url) =>
    sdk(url).accounts.tokens.create({
      account_id: ACCOUNT,
      name: `jobpass ${LEASE_ID} deploy-docs`,
      policies: [policy],
      expires_on: ENDS,
      ...(address === undefined ? {} : { condition: { request_ip: { in: [address] } } }),
    }),
  )
  expect(ours.map(meaning)).toEqual(theirs.map(meaning))
  expect(ours).toHaveLength(1)
}

describe("the vendor's own SDK", () => {
  it('agrees with us on what the end of the lease is called', () => {
    expect(Date.parse(ENDS) / 1000).toBe(NOW + 600)
  })

  it.each<[string, Resources, SdkPolicy['resources']]>([
    ['the account', 'account', { [`com.cloudflare.api.account.${ACCOUNT}`]: '*' }],
    ['zones', { zones: [ZONE] }, { [`com.cloudflare.api.account.zone.${ZONE}`]: '*' }],
    ['all zones', { zones: 'all' }, { [`com.cloudflare.api.account.${ACCOUNT}`]: { 'com.cloudflare.api.account.zone.*': '*' } }],
    [
      'buckets',
      { buckets: ['logs', 'eu/archive'] },
      { [`com.cloudflare.edge.r2.bucket.${ACCOUNT}_default_logs`]: '*', [`com.cloudflare.edge.r2.bucket.${ACCOUNT}_eu_archive`]: '*' },
    ],
  ])('sends the same mint for %s', async (_what, resources, named) => {
    const policy: SdkPolicy = { effect: 'allow', permission_groups: [{ id: GROUP }, { id: OTHER_GROUP }], resources: named }
    await compareMints({ permissions: [GROUP, OTHER_GROUP], resources }, policy)
  })

  it.each(['203.0.113.7', '2001:db8::7'])("sends the same mint pinned to the caller's address %s", async (address) => {
    const policy: SdkPolicy = {
      effect: 'allow',
      permission_groups: [{ id: GROUP }],
      resources: { [`com.cloudflare.api.account.${ACCOUNT}`]: '*' },
    }
    await compareMints({ permissions: [GROUP], resources: 'account', pin_address: true }, policy, address)
  })

  it('sends the same revoke', async () => {
    const ours = await requestsOf((url) => cloudflareTokenProvider.revoke({ token_id: TOKEN_ID }, connectionTo(url), deps))
    const theirs = await requestsOf((url) => sdk(url).accounts.tokens.delete(TOKEN_ID, { account_id: ACCOUNT }))
    expect(ours.map(meaning)).toEqual(theirs.map(meaning))
  })

  it('looks permission groups up at the same place', async () => {
    const scope: CloudflareTokenScope = { permissions: ['Zone Read'], resources: { zones: [ZONE] } }
    const [lookUp, mint] = await requestsOf((url) => cloudflareTokenProvider.mint(orderOf(connectionTo(url), scope), deps))
    const [theirs] = await requestsOf((url) => sdk(url).accounts.tokens.permissionGroups.list({ account_id: ACCOUNT }))
    if (lookUp === undefined || theirs === undefined) throw new Error('nothing was sent')
    expect(meaning(lookUp)).toEqual(meaning(theirs))
    expect(JSON.parse(mint?.body ?? '')).toMatchObject({ policies: [{ permission_groups: [{ id: GROUP }] }] })
  })

  it('counts tokens at the same place', async () => {
    const ours = await requestsOf((url) => cloudflareTokenProvider.probe('acme', connectionTo(url), deps))
    const theirs = await requestsOf(async (url) => void (await sdk(url).accounts.tokens.list({ account_id: ACCOUNT, per_page: 5 })))
    expect(ours.map(meaning)).toEqual(theirs.map(meaning))
  })
})
