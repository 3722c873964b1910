/**
 * The claims of a job of the local issuer: a realistic GitHub Actions job, changed by what `POST /job` set. Pure.
 * What follows from a set claim follows (`repository` → owner, ids, `workflow_ref`, `sub`; `ref` → `ref_type`) unless it was set itself.
 * It must never repair what was set: a job may lie, so that a broker can be attacked with it.
 */
import type { Json, JsonObject } from '../../shared/json.ts'
import type { PlatformName } from '../../shared/platforms/platform.ts'
import type { Instant } from '../../shared/units.ts'
import { gitlabJobClaims } from './gitlab-job.ts'
import { idOf, type KnownIds } from './known-ids.ts'

/** The jobs of every platform a policy can name. */
export const JOBS: Readonly<Record<PlatformName, (set: JsonObject, known: KnownIds, iss: string) => JsonObject>> = {
  github: jobClaims,
  gitlab: gitlabJobClaims,
}

/** The owner of the broker's authorities in `dev`. */
export const AUTHORITY_OWNER = 'jobpass'
export const AUTHORITY_OWNER_ID = '1'

const FIXED_OWNERS: ReadonlyMap<string, string> = new Map([
  ['acme', '65000001'],
  [AUTHORITY_OWNER, AUTHORITY_OWNER_ID],
])
const FIXED_REPOSITORIES: ReadonlyMap<string, string> = new Map([['acme/docs', '1217768983']])

const SHA = 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4'
const RUN_ID = '24766983965'
const CHECK_RUN_ID = '72463523102'
const TOKEN_LIFETIME = 300

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

/** What `POST /job` may set besides the claims of the profile: anything at all. `null` removes a claim. */
export function jobClaims(set: JsonObject, known: KnownIds, iss: string): JsonObject {
  const claims = new Map<string, Json>([['iss', iss]])
  const put = (name: string, unset: string): string => {
    const value = set[name] ?? unset
    claims.set(name, value)
    return text(value)
  }
  const ref = put('ref', 'refs/heads/main')
  const event = put('event_name', 'push')
  const repository = putRepository(put, known)
  putRun(put, set, repository, ref)
  const environment = text(set.environment)
  if (environment !== '') put('environment_node_id', `EN_kwDO${idOf(`${repository}:${environment}`)}`)
  for (const [name, value] of Object.entries(set)) claims.set(name, value)
  for (const [name, value] of Object.entries(set)) if (value === null) claims.delete(name)
  if (!Object.hasOwn(set, 'sub')) claims.set('sub', subject(claims, event))
  return Object.fromEntries(claims)
}

type Put = (name: string, unset: string) => string

function putRepository(put: Put, known: KnownIds): string {
  const repository = put('repository', 'acme/docs')
  const owner = put('repository_owner', repository.split('/')[0] ?? '')
  const ownerKey = owner.toLowerCase()
  const repositoryKey = repository.toLowerCase()
  put('repository_owner_id', known.owners.get(ownerKey) ?? FIXED_OWNERS.get(ownerKey) ?? idOf(`owner ${ownerKey}`))
  put(
    'repository_id',
    known.repositories.get(repositoryKey) ?? FIXED_REPOSITORIES.get(repositoryKey) ?? idOf(`repository ${repositoryKey}`),
  )
  put('repository_visibility', 'private')
  return repository
}

function putRun(put: Put, set: JsonObject, repository: string, ref: string): void {
  put('ref_type', ref.startsWith('refs/tags/') ? 'tag' : 'branch')
  put('ref_protected', String(ref === 'refs/heads/main'))
  put('head_ref', '')
  put('base_ref', '')
  const sha = put('sha', SHA)
  put('workflow', 'ci')
  const workflowRef = put('workflow_ref', `${repository}/.github/workflows/ci.yml@${ref}`)
  const workflowSha = put('workflow_sha', sha)
  put('job_workflow_ref', workflowRef)
  put('job_workflow_sha', workflowSha)
  put('actor', 'octocat')
  put('actor_id', '583231')
  const run = put('run_id', RUN_ID)
  put('run_number', '42')
  const attempt = put('run_attempt', '1')
  // another run is another job, unless one is named
  const sameRun = set.run_id === undefined && set.run_attempt === undefined
  put('check_run_id', sameRun ? CHECK_RUN_ID : idOf(`job ${run}/${attempt}`))
  put('runner_environment', 'github-hosted')
}

/** The immutable form where both ids are there, else the older one; `:` inside a value is `%3A`. */
function subject(claims: ReadonlyMap<string, Json>, event: string): string {
  const [owner = '', name = ''] = text(claims.get('repository')).split('/')
  const ownerId = text(claims.get('repository_owner_id'))
  const repositoryId = text(claims.get('repository_id'))
  const repository = ownerId === '' || repositoryId === '' ? `${owner}/${name}` : `${owner}@${ownerId}/${name}@${repositoryId}`
  const environment = text(claims.get('environment'))
  const escaped = (value: string): string => value.replaceAll(':', '%3A')
  if (environment !== '') return `repo:${repository}:environment:${escaped(environment)}`
  if (event === 'pull_request') return `repo:${repository}:pull_request`
  return `repo:${repository}:ref:${escaped(text(claims.get('ref')))}`
}

/** The claims of one token: those of the job, and what is new in each. Claims the job set itself stay as they are. */
export function tokenClaims(job: JsonObject, token: { readonly aud: string; readonly jti: string; readonly now: Instant }): JsonObject {
  const issuedAt = typeof job.iat === 'number' ? job.iat : token.now
  return { aud: token.aud, jti: token.jti, iat: token.now, nbf: issuedAt - TOKEN_LIFETIME, exp: issuedAt + TOKEN_LIFETIME, ...job }
}
