/** GitHub as a sender of webhooks: messages with the members GitHub's have, signed over the very bytes that are sent. It can be told to lie about each. */
import { env } from 'cloudflare:workers'
import type { JsonObject } from '../../shared/json.ts'
import { type Answer, answerOf, type Isolate, type World } from './harness.ts'
import { DOCS, type Owner } from './policies.ts'

/** The secret that `vitest.config.ts` gave the broker. */
const webhookSecret = String(Reflect.get(env, 'WEBHOOK_SECRET'))

/** The run and job of every token of the harness, unless a test says otherwise. */
export const RUN = 24_766_983_965
export const JOB = 72_463_523_102

const textEncoder = new TextEncoder()

export async function signatureOf(body: string | Uint8Array<ArrayBuffer>, secret = webhookSecret): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', textEncoder.encode(secret), algorithm, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, typeof body === 'string' ? textEncoder.encode(body) : body)
  return `sha256=${new Uint8Array(mac).toHex()}`
}

/** What may differ from a genuine delivery; `undefined` leaves a header out. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string | undefined>>
  readonly isolate?: Isolate
}

/** Delivers one message as GitHub does. */
export async function deliver(
  world: World,
  event: string,
  message: JsonObject | string,
  { headers = {}, isolate }: Sent = {},
): Promise<Answer> {
  const body = typeof message === 'string' ? message : JSON.stringify(message)
  const all: Record<string, string | undefined> = {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/044aadd',
    'x-github-delivery': crypto.randomUUID(),
    'x-github-event': event,
    'x-github-hook-id': '292430182',
    'x-github-hook-installation-target-id': world.owner.id,
    'x-github-hook-installation-target-type': 'organization',
    'x-hub-signature-256': await signatureOf(body),
    ...headers,
  }
  const sent = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return answerOf(await (isolate ?? world.isolate).fetch('/webhooks/github', { method: 'POST', body, headers: sent }))
}

/** A job of the world's docs repository is over; by default the job of every token of the harness. */
export function jobCompleted(world: World, changes: JsonObject = {}, more: JsonObject = {}): JsonObject {
  const id = Number(changes.id ?? JOB)
  const api = `https://api.github.com/repos/${world.owner.name}/${DOCS.name}`
  return {
    action: 'completed',
    workflow_job: {
      id,
      run_id: RUN,
      workflow_name: 'ci',
      head_branch: 'main',
      run_url: `${api}/actions/runs/${RUN}`,
      run_attempt: 1,
      node_id: 'CR_kwDOSJVU188AAAAQ3qJ4Xg',
      head_sha: 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4',
      url: `${api}/actions/jobs/${id}`,
      html_url: `https://github.com/${world.owner.name}/${DOCS.name}/actions/runs/${RUN}/job/${id}`,
      status: 'completed',
      conclusion: 'success',
      created_at: '2026-11-20T10:00:00Z',
      started_at: '2026-11-20T10:00:04Z',
      completed_at: '2026-11-20T10:03:11Z',
      name: 'deploy',
      steps: [
        {
          name: 'Set up job',
          status: 'completed',
          conclusion: 'success',
          number: 1,
          started_at: '2026-11-20T10:00:04Z',
          completed_at: '2026-11-20T10:00:06Z',
        },
      ],
      check_run_url: `${api}/check-runs/${id}`,
      labels: ['ubuntu-24.04'],
      runner_id: 12,
      runner_name: 'GitHub Actions 12',
      runner_group_id: 0,
      runner_group_name: 'GitHub Actions',
      ...changes,
    },
    ...common(world.owner),
    ...more,
  }
}

export function runCompleted(world: World, changes: JsonObject = {}): JsonObject {
  const { repository, ...rest } = common(world.owner)
  return {
    action: 'completed',
    workflow_run: {
      id: RUN,
      name: 'ci',
      node_id: 'WFR_kwLOSJVU188AAAAFxDf4nQ',
      head_branch: 'main',
      head_sha: 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4',
      path: '.github/workflows/ci.yml',
      display_title: 'Deploy the docs',
      run_number: 42,
      event: 'push',
      status: 'completed',
      conclusion: 'success',
      workflow_id: 159_038_041,
      check_suite_id: 31_459_010_002,
      pull_requests: [],
      created_at: '2026-11-20T10:00:00Z',
      updated_at: '2026-11-20T10:03:15Z',
      run_attempt: 1,
      run_started_at: '2026-11-20T10:00:00Z',
      actor: person('octocat', 583_231),
      triggering_actor: person('octocat', 583_231),
      head_repository: repository ?? null,
      repository: repository ?? null,
      ...changes,
    },
    workflow: { id: 159_038_041, name: 'ci', path: '.github/workflows/ci.yml', state: 'active' },
    repository: repository ?? null,
    ...rest,
  }
}

/** The world's docs repository changed. */
export function repositoryEvent(world: World, action: string, more: JsonObject = {}): JsonObject {
  return { action, ...common(world.owner), ...more }
}

export const movedFrom = (owner: Owner): JsonObject => ({ changes: { owner: { from: { organization: organization(owner) } } } })

function common(owner: Owner): JsonObject {
  return { repository: repositoryOf(owner), organization: organization(owner), sender: person('octocat', 583_231) }
}

export function repositoryOf(owner: Owner, host = 'github.com'): JsonObject {
  const api = `https://api.github.com/repos/${owner.name}/${DOCS.name}`
  return {
    id: Number(DOCS.id),
    node_id: 'R_kgDOSJVU1w',
    name: DOCS.name,
    full_name: `${owner.name}/${DOCS.name}`,
    private: true,
    owner: { ...person(owner.name, Number(owner.id)), type: 'Organization' },
    html_url: `https://${host}/${owner.name}/${DOCS.name}`,
    description: null,
    fork: false,
    url: api,
    hooks_url: `${api}/hooks`,
    created_at: '2024-03-01T09:00:00Z',
    updated_at: '2026-11-20T10:00:00Z',
    pushed_at: '2026-11-20T09:59:58Z',
    archived: false,
    disabled: false,
    license: null,
    topics: [],
    visibility: 'private',
    default_branch: 'main',
    custom_properties: { team: 'docs' },
  }
}

function organization({ name, id }: Owner): JsonObject {
  return { login: name, id: Number(id), node_id: 'O_kgDOA9_9AQ', url: `https://api.github.com/orgs/${name}`, description: null }
}

function person(login: string, id: number): JsonObject {
  return { login, id, node_id: 'MDQ6VXNlcjU4MzIzMQ==', html_url: `https://github.com/${login}`, type: 'User', site_admin: false }
}
