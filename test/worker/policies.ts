/** Policies of the tests: one organisation, one of each kind that needs no second upstream. */
import type { JsonObject } from '../../shared/json.ts'

export interface Owner {
  readonly name: string
  readonly id: string
}

export const GITHUB = 'https://token.actions.githubusercontent.com'
export const DOCS = { name: 'docs', id: '1217768983' }
export const SITE = { name: 'site', id: '1217768984' }

const text = (value: string): JsonObject[string] => value

/** `keys` is the inline key set of the issuer; without it the broker fetches one. */
export function policyOf(owner: Owner, keys?: readonly JsonObject[]): JsonObject {
  return {
    jobpass: 1,
    settings: { explain: 'attributes' },
    issuers: {
      github: {
        platform: 'github',
        url: GITHUB,
        owners: [{ name: owner.name, id: owner.id }],
        ...(keys === undefined ? {} : { jwks: { keys } }),
      },
    },
    workloads: {
      docs: { issuer: 'github', is: { repository: `${owner.name}/docs`, repository_id: DOCS.id }, owner: 'team-docs' },
      site: { issuer: 'github', is: { repository: `${owner.name}/site`, repository_id: SITE.id }, owner: 'team-site' },
    },
    connections: {
      api: { kind: 'jwt', owner: 'team-platform', audience: 'https://api.acme.example', resource_servers: ['site'] },
      hosts: { kind: 'ssh-cert', owner: 'team-platform', ca: 'ed25519' },
      app: {
        kind: 'github-app',
        owner: 'team-platform',
        app_id: '12345',
        account: owner.name,
        installation_id: '777',
        private_key: { secret: 'UPSTREAM_APP_KEY' },
      },
    },
    grants: {
      'call-api': grantOf('api', { scopes: ['read', 'write'] }),
      'deploy-hosts': grantOf('hosts', { principals: ['deploy'] }),
      'write-docs': grantOf('app', { repositories: ['docs'], permissions: { contents: 'write' } }),
    },
  }
}

export function grantOf(connection: string, scope: JsonObject, changes: JsonObject = {}): JsonObject {
  return {
    purpose: text('tests'),
    owner: 'team-docs',
    connection,
    scope,
    ttl: '10m',
    allow: [{ workload: 'docs', ref: 'refs/heads/main' }],
    ...changes,
  }
}

/** The policy with some members of one section replaced. */
export function withSection(policy: JsonObject, section: string, changes: JsonObject): JsonObject {
  const before = policy[section]
  return {
    ...policy,
    [section]: { ...(typeof before === 'object' && before !== null && !Array.isArray(before) ? before : {}), ...changes },
  }
}
