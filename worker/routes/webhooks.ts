/**
 * `POST /webhooks/github`: GitHub says what happened to jobs and repositories. The form of the headers first, then a bounded body, then its signature; only what is signed
 * is read, and only what was read touches any state. Headers are not signed, so nothing is decided by one.
 */

import { readGithubNews } from '../../shared/platforms/github-webhook.ts'
import type { News } from '../../shared/platforms/news.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Secret } from '../../shared/secret.ts'
import { parseStrictJson } from '../../shared/strict-json.ts'
import { isSignature, isSignedBy } from '../authenticate/webhook-signature.ts'
import { cappedBytes } from '../capped-bytes.ts'
import type { Deps } from '../deps.ts'
import { type Heeded, heed } from '../heed.ts'
import { jsonAnswer, type Problem, problemAnswer } from './answers.ts'

/** Messages about jobs, runs and repositories have some ten to fifty kilobytes; GitHub's own bound, for all events, is 25 MB. */
const MAX_BODY_BYTES = 1024 * 1024

const JSON_TYPE = /^application\/json(?:\s*;|\s*$)/i
const EVENT = /^[a-z_]{1,64}$/
const DELIVERY = /^[A-Za-z0-9-]{1,64}$/

export async function githubWebhook(request: Request, deps: Deps): Promise<Response> {
  const { webhookSecret } = deps.config
  if (webhookSecret === undefined) return problemAnswer(NOT_SET_UP)
  const head = readHead(request.headers)
  const body = head.ok ? await signedBody(request, head.value, webhookSecret) : head
  if (!head.ok || !body.ok) return refused(body.ok ? MALFORMED : body.error, deps)
  if (head.value.event === 'ping') return jsonAnswer({ event: 'ping' })
  const news = readNews(head.value.event, body.value)
  if (!news.ok) return refused(news.error, deps)
  if (news.value === 'ignored') return ignored('this event says nothing about leases')
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body.value)).toHex()
  const heeded = await heed({ news: news.value, id: head.value.delivery, digest }, deps)
  return heeded.ok ? answerOf(heeded.value, news.value) : problemAnswer(UNAVAILABLE)
}

const NOT_SET_UP: Problem = {
  status: 404,
  title: 'The webhook is not set up',
  detail: 'This broker has no WEBHOOK_SECRET. Leases end at their lifetime without it; docs/deploy.md says how to set it.',
}
const MALFORMED: Problem = { status: 400, title: 'Not a delivery of GitHub', detail: 'X-GitHub-Event and X-GitHub-Delivery are expected.' }
const UNSIGNED: Problem = {
  status: 401,
  title: 'The signature was not accepted',
  detail: 'Expected X-Hub-Signature-256: sha256=… over the body as it was sent, made with the WEBHOOK_SECRET of this broker.',
}
const NOT_JSON: Problem = {
  status: 415,
  title: 'Not a JSON body',
  detail: 'Set the content type of the webhook to application/json; form-encoded deliveries are not read.',
}
const TOO_LARGE: Problem = {
  status: 413,
  title: 'The delivery is too large',
  detail: `At most ${MAX_BODY_BYTES} bytes. Send only the events workflow_job, workflow_run and repository.`,
}
const REPEATED: Problem = {
  status: 409,
  title: 'This delivery was handled before',
  detail: 'The same signed message is on record, and nothing was done again.',
}
const UNAVAILABLE: Problem = {
  status: 503,
  title: 'The delivery could not be put on record',
  detail: 'Nothing is lost that its lifetime does not end. Deliver it again.',
  headers: { 'retry-after': '5' },
}

interface Head {
  readonly event: string
  readonly delivery: string
  readonly signature: string
}

/** What can be refused before a body is read. */
function readHead(headers: Headers): Result<Head, Problem> {
  if (!JSON_TYPE.test(headers.get('content-type') ?? '')) return err(NOT_JSON)
  const event = headers.get('x-github-event') ?? ''
  const delivery = headers.get('x-github-delivery') ?? ''
  if (!EVENT.test(event) || !DELIVERY.test(delivery)) return err(MALFORMED)
  const signature = headers.get('x-hub-signature-256')
  if (!isSignature(signature)) return err(UNSIGNED)
  if (Number(headers.get('content-length') ?? '0') > MAX_BODY_BYTES) return err(TOO_LARGE)
  return ok({ event, delivery, signature })
}

async function signedBody(request: Request, { signature }: Head, secret: Secret): Promise<Result<Uint8Array<ArrayBuffer>, Problem>> {
  const body = await cappedBytes(request.body, MAX_BODY_BYTES)
  if (body === undefined) return err(TOO_LARGE)
  return (await isSignedBy(secret, signature, body)) ? ok(body) : err(UNSIGNED)
}

function readNews(event: string, body: Uint8Array): Result<News | 'ignored', Problem> {
  const json = parseStrictJson(new TextDecoder().decode(body))
  if (!json.ok) return err({ status: 400, title: 'The body is not usable JSON', detail: json.error })
  const news = readGithubNews(event, json.value)
  return news.ok ? news : err({ status: 422, title: `The ${event} event was not understood`, detail: news.error })
}

function answerOf(heeded: Heeded, { what }: News): Response {
  if (heeded.outcome === 'not_served') return ignored('no ledger of this broker is about the owner')
  return heeded.outcome === 'repeated' ? problemAnswer(REPEATED) : jsonAnswer({ [what]: true, leases: heeded.leases })
}

function ignored(why: string): Response {
  return new Response(JSON.stringify({ ignored: why }), {
    status: 202,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  })
}

function refused(problem: Problem, deps: Pick<Deps, 'log'>): Response {
  deps.log({ event: 'webhook', outcome: 'refused', status: problem.status, detail: problem.title })
  return problemAnswer(problem)
}
