/**
 * The effectful half of `cloudflare-token`: an account token that Cloudflare itself ends at the lease's end, named after the lease.
 * One that came back with more than was ordered is deleted at once and never handed over. The parent token goes to Cloudflare and nowhere else.
 */
import * as z from 'zod'
import type { JsonObject } from '../../shared/json.ts'
import type { CloudflareTokenConnection, CloudflareTokenScope } from '../../shared/kinds/cloudflare-token.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { formatInstant, type Instant } from '../../shared/units.ts'
import { instantOf, isSuccess, refused, refusedBy, unanswered, unexpectedShape, unreadableMint, withdrawn } from './answer.ts'
import { type CallerAddress, parseCallerAddress } from './caller-address.ts'
import { callCloudflare, readEnvelope } from './cloudflare-call.ts'
import { permissionGroupIds } from './cloudflare-permission-groups.ts'
import { isWiderThan, type OrderedPolicy, policyMembers, resourceNames, tokenLimits } from './cloudflare-policies.ts'
import { secretValue, type UpstreamAnswer } from './http.ts'
import type { MintRefusal, Order, OrderRefusal, ProviderDeps, Providers, UpstreamRefusal } from './provider.ts'

type CloudflareOrder = Order<CloudflareTokenConnection, CloudflareTokenScope>

/** Account tokens an account can hold (Cloudflare's documented limit), and where a probe begins to warn. */
const TOKEN_QUOTA = 500
const NEAR_QUOTA = 450
const MAX_NAME_CHARS = 120

const TOKEN_ID = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/)
const idAnswer = z.looseObject({ id: TOKEN_ID })
const tokenAnswer = z.looseObject({
  ...tokenLimits.shape,
  id: TOKEN_ID,
  value: z.string().regex(/^[\x21-\x7e]{1,4096}$/),
  expires_on: z.string(),
  status: z.string().default('active'),
})
const listAnswer = z.looseObject({ success: z.literal(true), result_info: z.looseObject({ total_count: z.int().nonnegative() }) })
const handleShape = z.strictObject({ token_id: TOKEN_ID })

export const cloudflareTokenProvider: Providers['cloudflare-token'] = {
  async mint(order, deps) {
    const parent = secretValue(order.connection.token.secret, deps)
    if (!parent.ok) return parent
    const ordered = await orderedPolicy(order, parent.value, deps)
    if (!ordered.ok) return ordered
    const body = mintBody(order, ordered.value)
    const answer = await callCloudflare({ method: 'POST', path: '/tokens', parentToken: parent.value, body }, order.connection, deps)
    if (!answer.ok) return err(unanswered(answer.error))
    const minted = readMint(answer.value, { policy: ordered.value, expiresAt: order.expiresAt, now: deps.now() })
    if (minted.ok) {
      const { id, token, expiresAt } = minted.value
      return ok({ credential: { token }, expiresAt, handle: { token_id: id } })
    }
    const { refusal, leftover } = minted.error
    if (leftover === undefined) return err(refusal)
    const ended = await requestRevoke(leftover, { connection: order.connection, parentToken: parent.value }, deps)
    return err(withdrawn(refusal, ended.ok && readRevoke(ended.value).ok, { token_id: leftover }))
  },

  async probe(_connectionName, connection, deps) {
    const parent = secretValue(connection.token.secret, deps)
    if (!parent.ok) return parent
    const answer = await callCloudflare({ method: 'GET', path: '/tokens?per_page=5', parentToken: parent.value }, connection, deps)
    if (!answer.ok) return answer
    const count = readCount(answer.value)
    return count.ok ? ok({ summary: quotaSummary(connection.account_id, count.value) }) : count
  },

  async revoke(handle, connection, deps) {
    const parsed = handleShape.safeParse(handle)
    if (!parsed.success) return err(refused('handle not readable'))
    const parent = secretValue(connection.token.secret, deps)
    if (!parent.ok) return parent
    const answer = await requestRevoke(parsed.data.token_id, { connection, parentToken: parent.value }, deps)
    return answer.ok ? readRevoke(answer.value) : answer
  },
}

async function orderedPolicy(order: CloudflareOrder, parentToken: string, deps: ProviderDeps): Promise<Result<OrderedPolicy, MintRefusal>> {
  const address = pinnedAddress(order)
  if (!address.ok) return address
  const groupIds = await permissionGroupIds(order.scope, { connection: order.connection, parentToken }, deps)
  if (!groupIds.ok) return groupIds
  const resources = resourceNames(order.scope.resources, order.connection.account_id)
  return ok({ groupIds: groupIds.value, resources, address: address.value })
}

function pinnedAddress(order: CloudflareOrder): Result<CallerAddress | undefined, OrderRefusal> {
  if (order.scope.pin_address !== true) return ok(undefined)
  const address = parseCallerAddress(order.callerAddress)
  if (address !== undefined) return ok(address)
  return err({
    code: 'request_malformed',
    parameter: 'pin_address',
    problem: 'missing',
    expected: 'an ask from an IP address the broker can see',
  })
}

/** The lease id in the token's name joins Cloudflare's audit log with the ledger. */
function mintBody(order: CloudflareOrder, policy: OrderedPolicy): JsonObject {
  const name = `jobpass ${order.leaseId} ${order.grant}`.slice(0, MAX_NAME_CHARS)
  return { name, ...policyMembers(policy), expires_on: formatInstant(order.expiresAt) }
}

/** A mint that did not give what was ordered, and the id of the token it made all the same. */
interface Rejected {
  readonly refusal: UpstreamRefusal
  readonly leftover?: string
}

interface AccountToken {
  readonly id: string
  readonly token: string
  readonly expiresAt: Instant
}

/** What a mint's answer is held against. */
interface Expected {
  readonly policy: OrderedPolicy
  readonly expiresAt: Instant
  readonly now: Instant
}

/** Judges the answer to a mint: an active token that ends in time and is not wider than the order. */
function readMint(answer: UpstreamAnswer, expected: Expected): Result<AccountToken, Rejected> {
  const result = readEnvelope(answer)
  if (!result.ok) return err({ refusal: isSuccess(answer) ? unreadableMint(answer.status) : result.error })
  const made = idAnswer.safeParse(result.value)
  if (!made.success) return err({ refusal: unreadableMint(answer.status) })
  const { id } = made.data
  const reject = (refusal: UpstreamRefusal) => err({ refusal, leftover: id })
  const parsed = tokenAnswer.safeParse(result.value)
  if (!parsed.success) return reject(unexpectedShape(answer.status))
  const expiresAt = instantOf(parsed.data.expires_on)
  if (expiresAt === undefined) return reject(unexpectedShape(answer.status))
  if (expiresAt <= expected.now || parsed.data.status !== 'active') return reject(refused('not active at birth', answer.status))
  if (expiresAt > expected.expiresAt) return reject(refused('longer than ordered', answer.status))
  if (isWiderThan(expected.policy, parsed.data)) return reject(refused('wider than ordered', answer.status))
  return ok({ id, token: parsed.data.value, expiresAt })
}

/** Whose token is deleted, and with what authority. */
interface Parent {
  readonly connection: CloudflareTokenConnection
  readonly parentToken: string
}

function requestRevoke(tokenId: string, { connection, parentToken }: Parent, deps: ProviderDeps) {
  return callCloudflare({ method: 'DELETE', path: `/tokens/${tokenId}`, parentToken }, connection, deps)
}

function readRevoke(answer: UpstreamAnswer): Result<'revoked' | 'already_gone', UpstreamRefusal> {
  if (answer.status === 404) return ok('already_gone')
  const result = readEnvelope(answer)
  return result.ok ? ok('revoked') : result
}

function readCount(answer: UpstreamAnswer): Result<number, UpstreamRefusal> {
  const result = readEnvelope(answer)
  if (!result.ok) return result
  const parsed = listAnswer.safeParse(answer.body)
  if (!parsed.success) return err(unexpectedShape(answer.status))
  const { total_count } = parsed.data.result_info
  return total_count < TOKEN_QUOTA ? ok(total_count) : refusedBy(answer, 'token quota of the account reached')
}

function quotaSummary(accountId: string, count: number): string {
  const warning = count >= NEAR_QUOTA ? ': near the quota' : ''
  return `account ${accountId} has ${count} of ${TOKEN_QUOTA} account tokens${warning}`
}
