/** One case: an owner of its own with an upstream that keeps the truth, one token, and time that passes as the test says. The alarm rings when it is due, never earlier. */
import { runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import { type AppUpstream, serveApp } from '../app-upstream.ts'
import { type Answer, exchange, makeWorld, tokenOf, type World } from '../harness.ts'
import { grantOf, withSection } from '../policies.ts'
import { type Evidence, judge } from './judge.ts'
import type { FaultyIsolate } from './ports.ts'

/** A kind that is one hop of state, and a kind that is two. */
export const GRANTS = ['call-api', 'write-docs'] as const

export interface Stage {
  readonly world: World
  readonly upstream: AppUpstream
  readonly token: string
  readonly answers: (Answer | undefined)[]
}

/** Every grant with limits, so that an admission writes all that one can write. */
function limited(policy: JsonObject): JsonObject {
  const limits = { per_job: 50, per_hour: 500 }
  return withSection(policy, 'grants', {
    'call-api': grantOf('api', { scopes: ['read', 'write'] }, { limits }),
    'write-docs': grantOf('app', { repositories: ['docs'], permissions: { contents: 'write' } }, { limits }),
  })
}

export async function setStage(): Promise<Stage> {
  vi.useFakeTimers({ toFake: ['Date'] })
  const world = await makeWorld(limited)
  const upstream = serveApp(world.outside)
  return { world, upstream, token: await tokenOf(world), answers: [] }
}

/** Asks with the token of the stage. A caller whose isolate dies is never answered. */
export async function ask(stage: Stage, grant: string, isolate?: FaultyIsolate): Promise<Answer | undefined> {
  const answering = exchange(stage.world, { grant, token: stage.token, ...(isolate === undefined ? {} : { isolate }) })
  const answer = await (isolate === undefined ? answering : Promise.race([answering, isolate.died.then(() => undefined)]))
  stage.answers.push(answer)
  return answer
}

/** Another job asks, with a token of its own; its answer is no evidence in this case. */
export async function another(stage: Stage, grant: string, job = '9'): Promise<Answer> {
  return exchange(stage.world, { grant, claims: { check_run_id: job } })
}

export const ledgerOf = ({ world }: Pick<Stage, 'world'>) => env.LEDGER.getByName(world.ledger)

/** Lets time pass, in steps, and the alarm ring whenever it is due by then. */
export async function pass(stage: Stage, seconds: number, step = 30): Promise<void> {
  for (let left = seconds; left > 0; left -= step) {
    vi.setSystemTime(Date.now() + Math.min(step, left) * 1000)
    await ring(stage)
  }
}

/** One that throws is tried again after two seconds, as the runtime does. */
async function ring(stage: Stage): Promise<void> {
  const ledger = ledgerOf(stage)
  const due = await runInDurableObject(ledger, async (_ledger, { storage }) => (await storage.getAlarm()) ?? Number.POSITIVE_INFINITY)
  if (due > Date.now()) return
  await runDurableObjectAlarm(ledger).catch(() =>
    runInDurableObject(ledger, (_ledger, { storage }) => storage.setAlarm(Date.now() + 2_000)),
  )
}

/** Judged at once, when a stuck mint counts as dead, and when every lease should be over. */
export async function judgeOverTime(stage: Stage, more: Pick<Evidence, 'ghosts' | 'isCutOff' | 'others'> = {}): Promise<string[]> {
  const evidence = { ledger: stage.world.ledger, upstream: stage.upstream, answers: stage.answers, ...more }
  const found: string[] = []
  for (const [when, seconds] of [
    ['at once', 0],
    ['after two minutes', 150],
    ['after its end', 660],
  ] as const) {
    await pass(stage, seconds)
    found.push(...(await judge(evidence)).map((violation) => `${when}: ${violation}`))
  }
  return found
}
