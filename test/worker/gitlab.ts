/** A world with a second platform: the usual policy, and beside it an instance of GitLab with one project in one subgroup. */
import { isJsonObject, type JsonObject } from '../../shared/json.ts'
import { makeWorld, type World } from './harness.ts'
import type { TestIssuer } from './issuer.ts'
import { grantOf, withSection } from './policies.ts'

export interface Project {
  readonly path: string
  readonly id: string
}

/** The fence: the subgroup the project lies in. */
export const NAMESPACE = { name: 'acme/web', id: '84329880' }
export const SHOP: Project = { path: 'acme/web/shop', id: '4012345' }

export function makeGitlabWorld(issuer: TestIssuer): Promise<World> {
  return makeWorld((policy) => {
    const forge = { platform: 'gitlab', url: issuer.url, owners: [NAMESPACE], jwks: { keys: [issuer.jwk] } }
    const workload = { issuer: 'forge', is: { project_path: SHOP.path, project_id: SHOP.id }, owner: 'team-web' }
    const rule = { workload: 'shop', ref: 'refs/heads/main', environment: 'production', environment_protected: 'true' }
    const withIssuer = withSection(policy, 'issuers', { forge })
    const withWorkload = withSection(withIssuer, 'workloads', { shop: workload })
    const grants = { 'deploy-shop': grantOf('api', { scopes: ['deploy'] }, { allow: [rule] }) }
    return isJsonObject(withWorkload) ? withSection(withWorkload, 'grants', grants) : policy
  })
}

/** The claims of a realistic job on the main branch, at `now` in seconds. */
export function gitlabClaims(iss: string, now: number, { path, id }: Project = SHOP): JsonObject {
  const server = iss.slice('https://'.length)
  return {
    iss,
    jti: crypto.randomUUID(),
    sub: `project_path:${path}:ref_type:branch:ref:main`,
    aud: 'https://jobpass.example.com',
    iat: now,
    nbf: now - 5,
    exp: now + 3600,
    namespace_id: NAMESPACE.id,
    namespace_path: path.slice(0, path.lastIndexOf('/')),
    project_id: id,
    project_path: path,
    user_id: '20558032',
    user_login: 'ada',
    user_email: 'ada@example.com',
    user_access_level: 'maintainer',
    pipeline_id: '1391152406',
    pipeline_source: 'push',
    job_id: '7446098166',
    ref: 'main',
    ref_type: 'branch',
    ref_path: 'refs/heads/main',
    ref_protected: 'true',
    groups_direct: ['acme'],
    environment: 'production',
    environment_protected: 'true',
    deployment_tier: 'production',
    environment_action: 'start',
    runner_id: 12270852,
    runner_environment: 'gitlab-hosted',
    sha: '9898863c7dcd844a6fc3c70191769b8d07567f57',
    project_visibility: 'private',
    ci_config_ref_uri: `${server}/${path}//.gitlab-ci.yml@refs/heads/main`,
    ci_config_sha: '9898863c7dcd844a6fc3c70191769b8d07567f57',
  }
}
