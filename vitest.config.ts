import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

const REFUSED_STATUS = 599

/** A broker's configuration, its secrets made anew for every run; `test/worker/harness.ts` plays the authorities. */
function brokerBindings() {
  const authority = (name: string) => [
    { issuer: 'https://ci.authorities.example', is: { repository: `acme-admin/${name}`, repository_owner_id: '9' } },
    {
      access: { team: 'https://acme.cloudflareaccess.com', aud: 'a1'.repeat(32) },
      is: { email: [`${name}@acme.example`, 'all@acme.example'] },
    },
  ]
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    BROKER_ORIGIN: 'https://jobpass.example.com',
    AUTHORITIES: JSON.stringify({ publishers: authority('publisher'), operators: authority('operator'), auditors: authority('auditor') }),
    // every world of the tests replaces the policy of another one; the guard has tests of its own
    MAX_GRANTS_REMOVED: '100',
    SEALING_KEY: randomBytes(32).toString('base64'),
    WEBHOOK_SECRET: randomBytes(32).toString('hex'),
    UPSTREAM_APP_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** The sinks a broker can have; the long waits are for tests to run the alarm themselves. */
const SINKS = {
  SINK_URL: 'https://siem.example/jobpass',
  NOTIFY_URL: 'https://pager.example/jobpass',
  SINK_DELAY: '1h',
  ARCHIVE_AFTER: '2h',
}

/** Somebody else's worker at the far end of the queue: what it gets it puts where a test can look. */
const CONSUMER = `export default {
  async queue(batch, env) {
    for (const { id, body } of batch.messages) await env.RECEIVED.put(id, JSON.stringify(body))
  },
}`

const WITH_SINKS = {
  bindings: SINKS,
  r2Buckets: { ARCHIVE: 'archive', RECEIVED: 'received' },
  queueProducers: { EVENTS: 'events' },
  workers: [
    {
      name: 'consumer',
      modules: true,
      script: CONSUMER,
      r2Buckets: { RECEIVED: 'received' },
      queueConsumers: { events: { maxBatchSize: 100, maxBatchTimeout: 0.05 } },
    },
  ],
}

function workerd(more: Partial<typeof WITH_SINKS>) {
  return cloudflareTest({
    wrangler: { configPath: './worker/wrangler.jsonc' },
    miniflare: {
      ...more,
      bindings: { ...brokerBindings(), ...more.bindings },
      // a test that forgets to answer a fetch fails loudly instead of reaching out
      outboundService: (request: Request) => new Response(`blocked ${request.url}`, { status: REFUSED_STATUS }),
    },
  })
}

/** Three projects: what runs in the broker is tested in workerd, without sinks and with all of them, and everything else in Node. */
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
        plugins: [workerd({})],
        test: {
          name: 'worker',
          include: ['test/worker/**/*.test.ts'],
          exclude: ['test/worker/sinks/**'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        plugins: [workerd(WITH_SINKS)],
        test: { name: 'sinks', include: ['test/worker/sinks/**/*.test.ts'], testTimeout: 30_000, hookTimeout: 60_000, maxWorkers: 2 },
      },
    ],
  },
})
