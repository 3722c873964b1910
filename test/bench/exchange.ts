/**
 * Exchanges against their floors, in one run: the targets take turns for several rounds, and each figure is the median of its rounds.
 * Ratios are taken within a round, so that a slow minute of the machine slows both sides.
 */
import { type Measured, residentMib, run } from './load.ts'
import { STORE_ROOT, startBare, startBroker, startEmpty, type Target } from './targets.ts'
import { startUpstream } from './upstream.ts'

/** Many short rounds rather than few long ones: a noisy minute of the machine then falls on every target alike. */
const ROUNDS = 15
const REQUESTS = 500
/** Until the compilers of V8 are done with either side. Fewer make both slower, and the ratio no different. */
const WARM_UP = 3_000
const CONNECTIONS = 16

export async function benchExchange(): Promise<void> {
  const targets = [await startEmpty(), await startBare()]
  for (const grants of [1, 1_000, 100_000]) targets.push(await startBroker({ name: `jwt, ${grants.toLocaleString('en')} grants`, grants }))
  console.log(
    `exchange: ${ROUNDS} rounds of ${REQUESTS} requests over ${CONNECTIONS} connections, store on ${STORE_ROOT}; ratio to the bare worker of the same round`,
  )
  await compare(targets)
}

export async function benchUpstream(): Promise<void> {
  console.log(`upstream: two hops and one upstream call, ${CONNECTIONS} connections; ratio to the bare worker of the same round`)
  const targets = [await startBare()]
  const upstreams = []
  for (const delayMs of [0, 40]) {
    const upstream = await startUpstream(delayMs)
    upstreams.push(upstream)
    targets.push(await startBroker({ name: `github-app, upstream ${delayMs} ms`, grants: 1, upstream: upstream.url }))
  }
  await compare(targets)
  for (const upstream of upstreams) await upstream.stop()
}

const MEMORY_STEPS = [1_000, 5_000, 10_000, 20_000, 30_000, 40_000]

/** The bare worker runs beside it: what both grow by is the heap that V8 takes before it collects, not something that is kept. */
export async function benchMemory(): Promise<void> {
  const targets = [await startBare(), await startBroker({ name: 'jwt, 1 grant', grants: 1 })]
  console.log('memory: resident memory of workerd after so many requests in all')
  let done = 0
  for (const step of MEMORY_STEPS) {
    for (; done < step; done += 1_000) for (const target of targets) await measure(target, 1_000)
    const figures = targets.map(({ name, pid }) => `${name} ${residentMib(pid).toFixed(0).padStart(5)} MiB`)
    console.log(`  ${step.toLocaleString('en').padStart(6)} requests   ${figures.join('   ')}`)
  }
  for (const target of targets) await target.stop()
}

/** What a large policy costs where it is handled whole: when it is published, and when an isolate that holds nothing must load it. */
export async function benchCold(): Promise<void> {
  console.log('cold: time to publish a policy, then the first and the second exchange of a broker that has just started')
  for (const grants of [1, 1_000, 100_000]) {
    const broker = await startBroker({ name: `${grants.toLocaleString('en')} grants`, grants })
    await keysMade(broker)
    await broker.restart()
    const first = await measure(broker, 1)
    const second = await measure(broker, 1)
    const ms = [broker.publishMs, 1000 / first.perSecond, 1000 / second.perSecond].map((value) => `${value.toFixed(0)} ms`.padStart(9))
    console.log(
      `  ${broker.name.padEnd(26)} publish${ms[0]}   first${ms[1]}   second${ms[2]}   resident ${residentMib(broker.pid).toFixed(0)} MiB`,
    )
    await broker.stop()
  }
}

/** A new keyring makes its RSA keys beside the first exchanges, in the same process here: not what is measured. */
async function keysMade({ port }: Target): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/.well-known/jwks.json`)
  if (response.status !== 200) throw new Error(`no key set: ${response.status}`)
}

async function compare(targets: readonly Target[]): Promise<void> {
  const rounds = new Map<Target, Measured[]>(targets.map((target) => [target, []]))
  for (const target of targets) await measure(target, WARM_UP)
  for (let round = 0; round < ROUNDS; round++) {
    for (const target of targets) rounds.get(target)?.push(await measure(target, REQUESTS))
  }
  const bare = [...rounds].find(([target]) => target.name === 'bare worker')?.[1] ?? []
  const heads = ['req/s', 'ratio (middle half)', 'CPU ms', 'ratio (middle half)']
  console.log(`  ${'target'.padEnd(26)} ${heads.map((head) => head.padStart(head.length < 8 ? 8 : 20)).join(' ')}`)
  for (const [target, measured] of rounds) console.log(`  ${target.name.padEnd(26)} ${figures(measured, bare)}`)
  for (const target of targets) await target.stop()
}

async function measure(target: Target, requests: number): Promise<Measured> {
  const measured = await run(target.port, target.pid, target.requests(requests), CONNECTIONS)
  if (measured.failed > 0) throw new Error(`${target.name}: ${measured.failed} of ${measured.requests} requests failed`)
  return measured
}

function figures(measured: readonly Measured[], bare: readonly Measured[]): string {
  const columns = (of: (one: Measured) => number, digits: number): string => {
    const ratios = measured.map((one, round) => of(one) / of(bare[round] ?? one))
    const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share).toFixed(2))
    return `${median(measured.map(of)).toFixed(digits).padStart(8)} ${`${middle} (${low}–${high})`.padStart(20)}`
  }
  return `${columns(({ perSecond }) => perSecond, 0)} ${columns(({ cpuMs }) => cpuMs, 3)}`
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length * share)] ?? Number.NaN
}
