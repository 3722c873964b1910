/** What every test from outside needs: the bundles, a CI platform, a broker with one grant of each kind, and a job to run steps in. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrokerOnLoopback, type GrantOnLoopback, signWithSshKeygen, startBroker } from './broker-on-loopback.ts'
import { bundleAction } from './bundle.ts'
import { type Ci, startCi } from './ci.ts'
import { type Job, runStep, type StepOptions, type StepRun, startJob } from './run-step.ts'

export interface Stage {
  readonly ci: Ci
  readonly broker: BrokerOnLoopback
  readonly job: Job
  readonly main: (options?: StepOptions) => Promise<StepRun>
  readonly post: (before: StepRun, options?: StepOptions) => Promise<StepRun>
  readonly close: () => Promise<void>
}

export interface Bundles {
  readonly folder: string
  readonly remove: () => void
}

export const TOKENS = {
  jwt: 'eyJhbGciOiJFUzI1NiJ9.eyJqdGkiOiJ0ZXN0In0.c2lnbmF0dXJl',
  githubApp: 'ghs_12345_eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJnaHMifQ.aW5zdGFsbGF0aW9u',
  cloudflare: 'cfat_V1hYWVpBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWg',
} as const

export async function makeBundles(): Promise<Bundles> {
  const folder = mkdtempSync(join(tmpdir(), 'jobpass-test-dist-'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  await bundleAction(folder)
  return { folder, remove: () => rmSync(folder, { recursive: true }) }
}

export async function setStage(bundles: Bundles): Promise<Stage> {
  const ci = await startCi()
  const broker = await startBroker(ci)
  const job = startJob()
  for (const [name, grant] of Object.entries(grants)) broker.grants.set(name, grant)
  const complete = (options: StepOptions): StepOptions => ({
    ...options,
    inputs: { broker: broker.origin, grant: 'call-api', ...options.inputs },
    environment: { ...ci.environment(), ...options.environment },
  })
  return {
    ci,
    broker,
    job,
    main: (options = {}) => runStep(join(bundles.folder, 'main.js'), job, complete(options)),
    post: (before, options = {}) => runStep(join(bundles.folder, 'post.js'), job, complete({ state: before.state, ...options })),
    close: async () => {
      await Promise.all([ci.close(), broker.close()])
      job.remove()
    },
  }
}

const grants: Readonly<Record<string, GrantOnLoopback>> = {
  'call-api': { kind: 'jwt', ttl: 600, details: { scopes: ['read'] }, accessToken: () => TOKENS.jwt },
  'deploy-docs': {
    kind: 'github-app',
    ttl: 600,
    details: { repositories: ['docs'], permissions: { contents: 'write' } },
    accessToken: () => TOKENS.githubApp,
  },
  'deploy-worker': {
    kind: 'cloudflare-token',
    ttl: 600,
    details: { permissions: ['Workers Scripts Write'], resources: 'account' },
    accessToken: () => TOKENS.cloudflare,
  },
  'deploy-web': {
    kind: 'ssh-cert',
    ttl: 600,
    details: { principals: ['deploy'] },
    accessToken: (form, lease) => signWithSshKeygen(form.get('public_key') ?? '', lease),
  },
}
