/**
 * GitHub's webhook messages about jobs, runs and repositories, put into news. Pure: the signature was checked by the caller.
 * Source: docs.github.com, "Webhook events and payloads". Only the body is signed, not the headers: so the body alone must say which event it is,
 * and one sent under the name of another event is not understood.
 */
import * as z from 'zod'
import type { Json } from '../json.ts'
import { err, ok, type Result } from '../result.ts'
import type { News, RepositoryChange } from './news.ts'

/** The events that are read. Of each only some actions matter. */
const GITHUB_EVENTS = ['workflow_job', 'workflow_run', 'repository'] as const

type GithubEvent = (typeof GITHUB_EVENTS)[number]

/** Members that messages of several events have; any other belongs to the event itself. */
const COMMON_MEMBERS = ['action', 'repository', 'organization', 'enterprise', 'installation', 'sender', 'changes']

const OWN_MEMBERS: Readonly<Record<GithubEvent, readonly string[]>> = {
  workflow_job: ['workflow_job', 'deployment'],
  workflow_run: ['workflow_run', 'workflow'],
  repository: [],
}

const REPOSITORY_CHANGES: readonly string[] = [
  'renamed',
  'transferred',
  'archived',
  'unarchived',
  'deleted',
  'publicized',
  'privatized',
] satisfies RepositoryChange[]

/** An address, up to and with its host. */
const WEB_PAGE = /^https?:\/\/([^/?#@\s]+)(?:\/|$)/

const id = z.int().positive().transform(String)
const owner = z.looseObject({ id, login: z.string() }).transform(({ id: ownerId, login }) => ({ id: ownerId, name: login }))
const place = z.looseObject({
  action: z.string(),
  repository: z.looseObject({ id, name: z.string(), full_name: z.string(), html_url: z.string().regex(WEB_PAGE), owner }),
})

const workflowJob = z.looseObject({
  id,
  run_id: id,
  run_attempt: z.int().positive().default(1),
  check_run_url: z.string().default(''),
})
const jobMessage = place.extend({ action: z.literal('completed'), workflow_job: workflowJob })

const runMessage = place.extend({
  action: z.literal('completed'),
  workflow_run: z.looseObject({ id, run_attempt: z.int().positive().default(1) }),
})

const formerOwner = z.union([
  z.looseObject({ user: owner }).transform(({ user }) => user),
  z.looseObject({ organization: owner }).transform(({ organization }) => organization),
])
const repositoryMessage = z.discriminatedUnion('action', [
  place.extend({
    action: z.literal('renamed'),
    changes: z.looseObject({ repository: z.looseObject({ name: z.looseObject({ from: z.string() }) }) }),
  }),
  place.extend({
    action: z.literal('transferred'),
    changes: z.looseObject({ owner: z.looseObject({ from: formerOwner }) }),
  }),
  place.extend({ action: z.enum(['archived', 'unarchived', 'deleted', 'publicized', 'privatized']) }),
])

/** `ignored`: an event or action that says nothing about leases · an error: which part could not be understood. */
export function readGithubNews(event: string, body: Json): Result<News | 'ignored', string> {
  const known = GITHUB_EVENTS.find((name) => name === event)
  if (known === undefined) return ok('ignored')
  const message = place.safeParse(body)
  if (!message.success) return err(problemOf(message.error))
  const { action } = message.data
  const isMeant = known === 'repository' ? REPOSITORY_CHANGES.includes(action) : action === 'completed'
  if (!isMeant) return ok('ignored')
  const strange = Object.keys(message.data).find((name) => ![...COMMON_MEMBERS, ...OWN_MEMBERS[known]].includes(name))
  return strange === undefined ? READERS[known](body) : err(`${strange}: no member of a ${known} event`)
}

const READERS: Readonly<Record<GithubEvent, (body: Json) => Result<News, string>>> = {
  workflow_job(body) {
    const read = jobMessage.safeParse(body)
    if (!read.success) return err(problemOf(read.error))
    const { id: jobId, run_id: runId, run_attempt: runAttempt, check_run_url: url } = read.data.workflow_job
    return ok({ ...placeOf(read.data), what: 'job_completed', runId, runAttempt, jobs: [...new Set([jobId, checkRunOf(url) ?? jobId])] })
  },
  workflow_run(body) {
    const read = runMessage.safeParse(body)
    if (!read.success) return err(problemOf(read.error))
    const { id: runId, run_attempt: runAttempt } = read.data.workflow_run
    return ok({ ...placeOf(read.data), what: 'run_completed', runId, runAttempt })
  },
  repository(body) {
    const read = repositoryMessage.safeParse(body)
    if (!read.success) return err(problemOf(read.error))
    const message = read.data
    const changed = { ...placeOf(message), what: 'repository_changed', change: message.action } as const
    if (message.action === 'renamed') return ok({ ...changed, formerName: message.changes.repository.name.from })
    if (message.action === 'transferred') return ok({ ...changed, formerOwner: message.changes.owner.from })
    return ok(changed)
  },
}

const CHECK_RUN = /\/check-runs\/([1-9][0-9]*)$/

/** A job is a check run, and an ID token names it as one (`check_run_id`): this is where GitHub says which. */
function checkRunOf(url: string): string | undefined {
  return CHECK_RUN.exec(url)?.[1]
}

function placeOf({ repository }: z.infer<typeof place>) {
  const { id: repositoryId, full_name: name, html_url: url, owner: repositoryOwner } = repository
  return { host: hostOf(url), owner: repositoryOwner, repository: { id: repositoryId, name } }
}

function problemOf({ issues }: z.ZodError): string {
  const [first] = issues
  return first === undefined ? 'not an object' : `${first.path.join('.') || 'the body'}: ${first.message}`
}

function hostOf(url: string): string {
  return (WEB_PAGE.exec(url)?.[1] ?? '').toLowerCase()
}

/**
 * Whether the ID tokens of an issuer are those of the GitHub whose pages have this host: github.com (enterprises have a path below the same issuer host),
 * a subdomain of ghe.com, or a GitHub Enterprise Server (docs.github.com, "OpenID Connect reference"). Ids mean nothing across installations.
 */
export function isIssuerOfHost(issuerUrl: string, host: string): boolean {
  const issuerHost = hostOf(issuerUrl)
  if (host === 'github.com') return issuerHost === 'token.actions.githubusercontent.com'
  if (host.endsWith('.ghe.com')) return issuerHost === `token.actions.${host}`
  // the second is the issuer of `jobpass dev`: no other may be http
  return issuerUrl === `https://${host}/_services/token` || issuerUrl === `http://${host}`
}
