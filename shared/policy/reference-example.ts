/**
 * The examples of the reference: one record of each sort with every key it can have, and a connection and a scope of each kind.
 * Together they are one policy, and a test judges it as such.
 */
import type { KindName } from '../kinds/index.ts'

/** By section, as it stands in a file. */
export const SECTION_EXAMPLES = {
  settings: `jobpass: 1
settings:
  explain: attributes
  max_ttl: 1h
  token_max_age: 5m
`,
  issuers: `issuers:
  github:
    platform: github
    url: https://token.actions.githubusercontent.com
    owners:
      - { name: acme, id: "65000001" }
    audience: https://jobpass.example.com
  forge:
    platform: gitlab
    url: https://git.acme.example
    owners:
      - { name: acme/web, id: "84329880" }
    jwks:                        # only when the broker cannot reach the instance
      keys:
        - { kty: RSA, alg: RS256, use: sig, kid: forge-1, e: AQAB, n: "v3u8…" }
`,
  workloads: `workloads:
  docs-site:
    issuer: github
    is: { repository: acme/docs, repository_id: "1217768983" }
    owner: team-docs
    contact: "#team-docs"
    suspended: false
    limits: { per_job: 5, per_hour: 100 }
  shop:
    issuer: forge
    is: { project_path: acme/web/shop, project_id: "4012345" }
    owner: team-web
`,
  connections: `connections:
  acme-github:
    kind: github-app
    owner: team-platform
    contact: "#platform"
    rotation: { every: 90d, last: 2026-10-01 }
    app_id: "12345"              # from here on the keys of the kind
    account: acme
    private_key: { secret: UPSTREAM_GITHUB_APP_KEY }
`,
  grants: `grants:
  deploy-docs:
    purpose: Publish the docs site from main
    owner: team-docs
    contact: "#team-docs"
    review: 2027-05-01
    connection: acme-github
    scope: { repositories: [docs], permissions: { contents: write, pages: write } }
    ttl: 10m
    limits: { per_job: 1, per_hour: 60, per_hour_total: 200 }
    allow:
      - workload: docs-site
        ref: refs/heads/main
        environment: production
`,
  guardrails: `guardrails:
  no-production-from-pull-requests:
    why: A pull request runs code nobody has reviewed
    grants: { name: deploy-docs, kind: github-app, connection: [acme-github] }
    forbid: { event_name: [pull_request, pull_request_target] }
`,
  tripwires: `tripwires:
  canaries: [aws-root-admin]
  refusals_per_minute: 30
  freeze: true
`,
  scenarios: `scenarios:
  - name: main deploys
    ask: deploy-docs
    as: { workload: docs-site, ref: refs/heads/main, environment: production }
    expect: allow
  - name: a feature branch does not
    ask: deploy-docs
    as: { workload: docs-site, ref: refs/heads/feature, environment: production }
    expect: { refuse: ref }
`,
} as const

export interface KindExample {
  /** The members of a connection beside `kind` and `owner`. */
  readonly connection: string
  readonly scope: string
}

export const KIND_EXAMPLES: Readonly<Record<KindName, KindExample>> = {
  'cloudflare-token': {
    connection: `account_id: 023e105f4ecef8ad9ca31a8372d0c353
token: { secret: UPSTREAM_CLOUDFLARE_TOKEN }
api_url: https://api.cloudflare.com/client/v4
`,
    scope: `permissions: [Cache Purge]
resources: { zones: [9a7806061c88ada191ed06f989cc3dac] }
pin_address: true
`,
  },
  'github-app': {
    connection: `app_id: "12345"
account: acme
installation_id: "777"
private_key: { secret: UPSTREAM_GITHUB_APP_KEY }
repository_ids: { docs: "1217768983" }
api_url: https://api.github.com
`,
    scope: `repositories: [docs]
permissions: { contents: write, pages: write }
`,
  },
  jwt: {
    connection: `audience: https://deploy.acme.example
algorithm: RS256
resource_servers: [shop]
`,
    scope: `scopes: [docs.write, docs.purge]
claims: { team: docs }
`,
  },
  'ssh-cert': {
    connection: `ca: ed25519
`,
    scope: `principals: [deploy]
force_command: /usr/local/bin/deploy
source_address: ["192.0.2.0/24"]
extensions: [permit-pty]
`,
  },
}
