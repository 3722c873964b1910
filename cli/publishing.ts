/**
 * Makes a compiled policy the active one of a broker, through the endpoint every publisher uses. `publish` and `dev` share it.
 * The broker judges the policy again in full; nothing is decided here.
 */
import * as z from 'zod'
import type { PolicyDigest } from '../shared/policy/policy.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { type BrokerAnswer, callBroker, jsonOf, printable } from './broker.ts'
import type { IdTokenSource } from './id-token.ts'

export interface Publication {
  /** The broker's origin. */
  readonly broker: string
  /** The `aud` of the publisher's ID token. */
  readonly audience: string
  /** The policy's canonical JSON. */
  readonly compiled: string
  /** The digest it replaces; `*` for the first policy; absent: whatever the broker says is active. */
  readonly replaces?: string
}

/** The broker said no, or could not be asked. Each line is for a person. */
export interface NotDone {
  readonly by: 'broker' | 'nobody'
  readonly lines: readonly string[]
}

const health = z.looseObject({ policy: z.string().nullish() })

/** The digest of the active policy; `undefined` before the first. It is read from `/healthz`, whatever its status. */
async function activePolicy(broker: string): Promise<Result<string | undefined, string>> {
  const answer = await callBroker(broker, '/healthz')
  if (!answer.ok) return answer
  const read = health.safeParse(jsonOf(answer.value))
  if (!read.success) return err(`${broker}/healthz does not answer as a broker does (status ${answer.value.status})`)
  return ok(read.data.policy ?? undefined)
}

export async function publishPolicy(publication: Publication, idToken: IdTokenSource): Promise<Result<PolicyDigest, NotDone>> {
  const nobody = (line: string): Result<never, NotDone> => err({ by: 'nobody', lines: [line] })
  const active = publication.replaces === undefined ? await activePolicy(publication.broker) : ok(publication.replaces)
  if (!active.ok) return nobody(active.error)
  const replaces = active.value ?? '*'
  const token = await idToken(publication.audience)
  if (!token.ok) return nobody(token.error)
  const answer = await callBroker(publication.broker, '/policy', {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${token.value}`,
      'content-type': 'application/json',
      'if-match': replaces === '*' ? '*' : `"${replaces}"`,
    },
    body: publication.compiled,
  })
  if (!answer.ok) return nobody(answer.error)
  return readPublished(answer.value)
}

const published = z.looseObject({ policy: z.templateLiteral(['sha256:', z.string()]) })

function readPublished(answer: BrokerAnswer): Result<PolicyDigest, NotDone> {
  const read = published.safeParse(jsonOf(answer))
  if (answer.status >= 200 && answer.status < 300 && read.success) return ok(read.data.policy)
  return err({ by: answer.status >= 500 ? 'nobody' : 'broker', lines: problemLines(answer) })
}

const problemDetails = z.looseObject({
  title: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.looseObject({ path: z.string(), id: z.string(), message: z.string() })).optional(),
})

/** What a problem of the broker (RFC 9457) says, for a person. */
export function problemLines(answer: BrokerAnswer): readonly string[] {
  const read = problemDetails.safeParse(jsonOf(answer))
  if (!read.success) return [`the broker answers ${answer.status} and nothing that can be read`]
  const { title = 'it gives no reason', detail, errors = [] } = read.data
  return [
    `the broker answers ${answer.status}: ${title}${detail === undefined ? '' : `: ${detail}`}`,
    ...errors.map(({ path, id, message }) => `  ${path}: error ${id}: ${message}`),
  ].map(printable)
}
