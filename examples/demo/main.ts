/**
 * `npm run demo`: the product, end to end, on this machine. A broker, a CI, an internal service and a web host are really there; every
 * sentence with a check mark was found to be so by asking them. Exit 0 only if all of them are.
 */
import { join } from 'node:path'
import { afterTheJobs, ledgerOfItAll } from './aftermath.ts'
import { deployJob } from './deploy-job.ts'
import { jobOnMain, refusedJob, replayedToken } from './docs-jobs.ts'
import type { OpenedJob } from './jobs.ts'
import { ROOT, startBroker } from './local-broker.ts'
import { startService } from './service.ts'
import { chapter, notSo, say } from './story.ts'

const deadlineMs = 55_000

async function demo(stack: AsyncDisposableStack): Promise<void> {
  chapter('A broker, a CI, and a service that trusts the broker')
  const broker = await startBroker(join(ROOT, 'examples/policy'))
  stack.defer(() => broker.stop())
  const service = await startService(broker.broker)
  stack.defer(() => service.stop())
  say(
    `The broker is the real worker, in workerd, at ${broker.broker}.\nIts policy is examples/policy, ${broker.policy.slice(0, 19)}…, published as it would be in production.`,
  )
  say(`The CI at ${broker.issuer} signs ID tokens as GitHub does. No secret is stored anywhere.`)

  const jobs: OpenedJob[] = [await jobOnMain(broker, service.url), await deployJob(broker)]
  await refusedJob(broker)
  await replayedToken(broker)
  await afterTheJobs(broker, jobs)
  await ledgerOfItAll(broker)
}

async function main(): Promise<number> {
  const started = Date.now()
  const stack = new AsyncDisposableStack()
  const giveUp = (code: number, sentence: string): void => {
    process.stderr.write(`\n${sentence}\n`)
    void stack.disposeAsync().finally(() => process.exit(code))
  }
  const late = setTimeout(() => giveUp(1, `The demo did not end within ${deadlineMs / 1000} s.`), deadlineMs)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => giveUp(130, 'Stopped.'))
  try {
    await demo(stack)
  } finally {
    await stack.disposeAsync()
    clearTimeout(late)
  }
  chapter(notSo().length === 0 ? `All of it is so. (${((Date.now() - started) / 1000).toFixed(1)} s)` : 'Not all of it is so:')
  for (const sentence of notSo()) say(`✗ ${sentence}`)
  return notSo().length === 0 ? 0 : 1
}

process.exitCode = await main()
