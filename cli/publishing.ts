/**
 * Makes a compiled policy the active one of a broker, through the endpoint every publisher uses. `publish` and `dev` share it.
 * The broker judges the policy again in full; nothing is decided here.
 */
import * as z from 'zod'
import type { PolicyDigest } from '../shared/policy/policy.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { type BrokerAnswer, callBroker, jsonOf, printable } from './broker.ts'
import type { IdTokenSource } from './id-token.ts'
import { type Proposed, proposalSchema } from './proposal.ts'

export interface Publication {
  /** The broker's origin. */
  readonly broker: string
  /** The `aud` of the publisher's ID token. */
  readonly audience: string
  /** The policy's canonical JSON; or the digest of one that was published before. */
  readonly policy: { readonly compiled: string } | { readonly digest: string }
  /** The digest it replaces; `*` for the first policy; absent: whatever the broker says is active. */
  readonly replaces?: string
  /** Why it may take more grants away than the broker lets go at once. */
  readonly force?: string
}

/** `active`: in force everywhere · `proposed`: nothing is changed before another person confirms. */
export type Published =
  | { readonly outcome: 'active'; readonly policy: PolicyDigest }
  | { readonly outcome: 'proposed'; readonly proposal: Proposed }

/** The broker said no, or could not be asked. Each line is for a person. */
export interface NotDone {
  readonly by: 'broker' | 'nobody'
  readonly lines: readonly string[]
  /** Of the broker's answer, when there was one. */
  readonly status?: number
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

export async function publishPolicy(publication: Publication, idToken: IdTokenSource): Promise<Result<Published, NotDone>> {
  const nobody = (line: string): Result<never, NotDone> => err({ by: 'nobody', lines: [line] })
  const active = publication.replaces === undefined ? await activePolicy(publication.broker) : ok(publication.replaces)
  if (!active.ok) return nobody(active.error)
  const replaces = active.value ?? '*'
  const token = await idToken(publication.audience)
  if (!token.ok) return nobody(token.error)
  const { policy } = publication
  const answer = await callBroker(publication.broker, pathOf(publication), {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${token.value}`,
      'content-type': 'application/json',
      'if-match': replaces === '*' ? '*' : `"${replaces}"`,
    },
    ...('compiled' in policy ? { body: policy.compiled } : {}),
  })
  if (!answer.ok) return nobody(answer.error)
  return readPublished(answer.value)
}

function pathOf({ policy, force }: Publication): string {
  const parameters = new URLSearchParams({
    ...('digest' in policy ? { digest: policy.digest } : {}),
    ...(force === undefined ? {} : { force }),
  })
  return parameters.size === 0 ? '/policy' : `/policy?${parameters}`
}

const published = z.looseObject({ policy: z.templateLiteral(['sha256:', z.string()]) })

function readPublished(answer: BrokerAnswer): Result<Published, NotDone> {
  const proposal = answer.status === 202 ? proposalSchema.safeParse(jsonOf(answer)) : undefined
  if (proposal?.success === true) return ok({ outcome: 'proposed', proposal: proposal.data })
  const read = published.safeParse(jsonOf(answer))
  if (answer.status === 200 && read.success) return ok({ outcome: 'active', policy: read.data.policy })
  return err(notDone(answer))
}

const problemDetails = z.looseObject({
  title: z.string().optional(),
  detail: z.string().optional(),
  errors: z.array(z.looseObject({ path: z.string(), id: z.string(), message: z.string() })).optional(),
})

const TOO_MANY_REQUESTS = 429

export function notDone(answer: BrokerAnswer): NotDone {
  const isNo = answer.status < 500 && answer.status !== TOO_MANY_REQUESTS
  return { by: isNo ? 'broker' : 'nobody', lines: problemLines(answer), status: answer.status }
}

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
