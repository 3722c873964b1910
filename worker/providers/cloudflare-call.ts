/** One call to Cloudflare's API: the address, the headers, and the envelope every answer comes in. */
import * as z from 'zod'
import type { Json } from '../../shared/json.ts'
import type { CloudflareTokenConnection } from '../../shared/kinds/cloudflare-token.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { isSuccess, refused, unexpectedShape } from './answer.ts'
import { type HttpDeps, send, type UpstreamAnswer } from './http.ts'
import type { UpstreamRefusal } from './provider.ts'

const DEFAULT_API_URL = 'https://api.cloudflare.com/client/v4'
const MAX_RESPONSE_BYTES = 1_048_576

export interface CloudflareCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Below the account, such as `/tokens`. */
  readonly path: string
  readonly parentToken: string
  readonly body?: Json
}

export function cloudflareApiUrl(connection: CloudflareTokenConnection): string {
  return (connection.api_url ?? DEFAULT_API_URL).replace(/\/$/, '')
}

export function callCloudflare(
  call: CloudflareCall,
  connection: CloudflareTokenConnection,
  deps: HttpDeps,
): Promise<Result<UpstreamAnswer, UpstreamRefusal>> {
  const { path, parentToken, ...rest } = call
  const headers = { accept: 'application/json', authorization: `Bearer ${parentToken}`, 'user-agent': 'jobpass' }
  const url = `${cloudflareApiUrl(connection)}/accounts/${connection.account_id}${path}`
  return send({ ...rest, url, headers, maxResponseBytes: MAX_RESPONSE_BYTES }, deps)
}

const successEnvelope = z.looseObject({ success: z.literal(true), result: z.unknown() })
const failureEnvelope = z.looseObject({ errors: z.array(z.looseObject({ message: z.string() })) })

/** Cloudflare documents no code for a full account, so its words decide: they are read here and go no further. */
const QUOTA_WORDS = /\b(?:maximum|quota|limit|too many)\b.*\btokens?\b|\btokens?\b.*\b(?:maximum|quota|limit)\b/i

/** The `result` of a success; what went wrong otherwise, by status and by whether the account is full. */
export function readEnvelope(answer: UpstreamAnswer): Result<unknown, UpstreamRefusal> {
  if (!isSuccess(answer)) return err(refused(phraseFor(answer), answer.status))
  const parsed = successEnvelope.safeParse(answer.body)
  return parsed.success ? ok(parsed.data.result) : err(unexpectedShape(answer.status))
}

function phraseFor({ status, body }: UpstreamAnswer): string {
  const failure = failureEnvelope.safeParse(body)
  if (failure.success && failure.data.errors.some(({ message }) => QUOTA_WORDS.test(message))) return 'token quota of the account reached'
  if (status === 401) return 'parent token not accepted'
  if (status === 403) return 'parent token not permitted'
  return status === 404 ? 'not found' : 'call refused'
}
