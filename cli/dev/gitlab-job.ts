/**
 * The claims of a job of the local issuer when it stands in for GitLab: a realistic job, changed by what `POST /job` set. Pure.
 * What follows from a set claim follows (`project_path` → namespace, ids, pipeline file, `sub`; `ref_path` or `ref` → the other and `ref_type`) unless it was set itself.
 * It must never repair what was set: a job may lie, so that a broker can be attacked with it.
 */
import type { Json, JsonObject } from '../../shared/json.ts'
import { gitlab, usualConfigUri } from '../../shared/platforms/gitlab.ts'
import { idOf, type KnownIds } from './known-ids.ts'

const SHA = 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4'
const PIPELINE_ID = '1519139981'
const JOB_ID = '8222997048'
const FULL_REF = /^refs\/(heads|tags)\/(.*)$/s

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : ''
}

export function gitlabJobClaims(set: JsonObject, known: KnownIds, iss: string): JsonObject {
  const claims = new Map<string, Json>([['iss', iss]])
  const put = (name: string, unset: Json): string => {
    const value = set[name] ?? unset
    claims.set(name, value)
    return text(value)
  }
  const project = putProject(put, set, known)
  const { ref, type, path } = putRef(put, set)
  const sha = put('sha', SHA)
  put('ci_config_ref_uri', usualConfigUri(text(set.iss) || iss, project, path))
  put('ci_config_sha', sha)
  putRun(put, set)
  put('sub', `project_path:${project}:ref_type:${type}:ref:${ref}`)
  for (const [name, value] of Object.entries(set)) claims.set(name, value)
  for (const [name, value] of Object.entries(set)) if (value === null) claims.delete(name)
  return Object.fromEntries(claims)
}

type Put = (name: string, unset: Json) => string

function putProject(put: Put, set: JsonObject, known: KnownIds): string {
  // a namespace in the fence, so that a job that says nothing is one the policy hears
  const [group = 'acme'] = known.owners.keys()
  const [pinned = `${group}/docs`] = known.repositories.keys()
  const project = put('project_path', pinned)
  const namespace = put('namespace_path', gitlab.ownerOf(project))
  const projectId = put('project_id', known.repositories.get(project.toLowerCase()) ?? idOf(`project ${project.toLowerCase()}`))
  const namespaceId = put('namespace_id', known.owners.get(namespace.toLowerCase()) ?? idOf(`namespace ${namespace.toLowerCase()}`))
  put('project_visibility', 'private')
  // where the pipeline runs: another project only for a merge request from a fork
  put('job_project_path', project)
  put('job_project_id', projectId)
  put('job_namespace_path', namespace)
  put('job_namespace_id', namespaceId)
  if (text(set.environment) !== '') {
    put('environment_protected', 'true')
    put('deployment_tier', text(set.environment) === 'production' ? 'production' : 'other')
    put('environment_action', 'start')
  }
  return project
}

function putRef(put: Put, set: JsonObject): { readonly ref: string; readonly type: string; readonly path: string } {
  // people know refs in full from policies, and bare from GitLab: either may be set, in either claim
  const [, kind = text(set.ref_type) === 'tag' ? 'tags' : 'heads', name = text(set.ref) || 'main'] =
    FULL_REF.exec(text(set.ref_path) || text(set.ref)) ?? []
  const type = put('ref_type', kind === 'tags' ? 'tag' : 'branch')
  const ref = put('ref', name)
  const path = put('ref_path', `refs/${kind}/${name}`)
  put('ref_protected', String(path === 'refs/heads/main'))
  return { ref, type, path }
}

function putRun(put: Put, set: JsonObject): void {
  put('pipeline_source', 'push')
  put('user_login', 'ada')
  put('user_id', '1234')
  put('user_email', 'ada@example.com')
  put('user_access_level', 'maintainer')
  put('groups_direct', ['acme'])
  const pipeline = put('pipeline_id', PIPELINE_ID)
  // another pipeline is another job, unless one is named
  put('job_id', set.pipeline_id === undefined ? JOB_ID : idOf(`job ${pipeline}`))
  put('runner_id', 12270835)
  put('runner_environment', 'gitlab-hosted')
}
