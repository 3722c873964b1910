import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const REFUSED_STATUS = 599

/** A broker's configuration, its secrets made anew for every run; `test/worker/harness.ts` plays the authorities. */
function brokerBindings() {
  const authority = (name: string) => [
    { issuer: 'https://ci.authorities.example', is: { repository: `acme-admin/${name}`, repository_owner_id: '9' } },
  ]
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    BROKER_ORIGIN: 'https://jobpass.example.com',
    AUTHORITIES: JSON.stringify({ publishers: authority('publisher'), operators: authority('operator'), auditors: authority('auditor') }),
    // every world of the tests replaces the policy of another one; the guard has tests of its own
    MAX_GRANTS_REMOVED: '100',
    SEALING_KEY: randomBytes(32).toString('base64'),
    UPSTREAM_APP_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** Two projects: what runs in the broker is tested in workerd, everything else in Node. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/worker/**', 'node_modules/**'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './worker/wrangler.jsonc' },
            miniflare: {
              bindings: brokerBindings(),
              // a test that forgets to answer a fetch fails loudly instead of reaching out
              outboundService: (request: Request) => new Response(`blocked ${request.url}`, { status: REFUSED_STATUS }),
            },
          }),
        ],
        test: { name: 'worker', include: ['test/worker/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 60_000, maxWorkers: 2 },
      },
    ],
  },
})
