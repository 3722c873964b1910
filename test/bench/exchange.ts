/**
 * Exchanges against their floors, in one run: the targets take turns for several rounds, and each figure is the median of its rounds.
 * Ratios are taken within a round, so that a slow minute of the machine slows both sides.
 */
import { type Measured, residentMib, run } from './load.ts'
import { STORE_ROOT, startBare, startBroker, startEmpty, type Target } from './targets.ts'
import { startUpstream } from './upstream.ts'

const ROUNDS = 5
const REQUESTS = 1_500
const WARM_UP = 600
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

const MEMORY_STEPS = [1_000, 5_000, 10_000, 20_000]

export async function benchMemory(): Promise<void> {
  const broker = await startBroker({ name: 'memory', grants: 1 })
  console.log('memory: resident memory of workerd after so many exchanges in all')
  let done = 0
  for (const step of MEMORY_STEPS) {
    while (done < step) {
      const measured = await run(broker.port, broker.pid, broker.requests(1_000), CONNECTIONS)
      if (measured.failed > 0) throw new Error(`${measured.failed} exchanges failed`)
      done += measured.requests
    }
    console.log(`  ${String(step).padStart(6)} exchanges  ${residentMib(broker.pid).toFixed(0).padStart(5)} MiB`)
  }
  await broker.stop()
}

async function compare(targets: readonly Target[]): Promise<void> {
  const rounds = new Map<Target, Measured[]>(targets.map((target) => [target, []]))
  for (const target of targets) await run(target.port, target.pid, target.requests(WARM_UP), CONNECTIONS)
  for (let round = 0; round < ROUNDS; round++) {
    for (const target of targets) {
      const measured = await run(target.port, target.pid, target.requests(REQUESTS), CONNECTIONS)
      if (measured.failed > 0) throw new Error(`${target.name}: ${measured.failed} of ${measured.requests} requests failed`)
      rounds.get(target)?.push(measured)
    }
  }
  const bare = [...rounds].find(([target]) => target.name === 'bare worker')?.[1] ?? []
  console.log(`  ${'target'.padEnd(28)} ${'req/s'.padStart(8)} ${'ratio'.padStart(6)} ${'CPU ms'.padStart(8)} ${'ratio'.padStart(6)}`)
  for (const [target, measured] of rounds) {
    const ratio = (of: (one: Measured) => number) => median(measured.map((one, round) => of(one) / of(bare[round] ?? one)))
    const figures = [
      median(measured.map(({ perSecond }) => perSecond))
        .toFixed(0)
        .padStart(8),
      ratio(({ perSecond }) => perSecond)
        .toFixed(2)
        .padStart(6),
    ]
    const cpu = [
      median(measured.map(({ cpuMs }) => cpuMs))
        .toFixed(3)
        .padStart(8),
      ratio(({ cpuMs }) => cpuMs)
        .toFixed(2)
        .padStart(6),
    ]
    console.log(`  ${target.name.padEnd(28)} ${[...figures, ...cpu].join(' ')}`)
  }
  for (const target of targets) await target.stop()
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
