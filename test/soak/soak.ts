/**
 * The soak: many exchanges, the broker killed and started again in between, and a reckoning at the end. It says what it measured and every difference it found;
 * none means that what callers were told and what the ledger says are the same.
 */
import { join } from 'node:path'
import { ledgerCommand } from '../../cli/commands/ledger.ts'
import { residentMib } from '../bench/load.ts'
import { compare, exportTo, ledgerBytes, type Rows, readExport, rowsOf } from './reckoning.ts'
import { type Stage, setStage, TTL_SECONDS } from './stage.ts'
import { startTraffic, type Traffic } from './traffic.ts'

export interface Mark {
  readonly asked: number
  readonly bytesPerExchange: number
  readonly residentMib: number
  readonly perSecond: number
}

export interface Outcome {
  readonly differences: readonly string[]
  readonly marks: readonly Mark[]
  readonly lost: number
  readonly issued: number
  readonly refused: number
  readonly entries: number
  readonly rows: Rows
}

export interface Plan {
  readonly exchanges: number
  /** How often the broker is killed: once in the middle of each of so many equal parts. */
  readonly kills: number
  /** Also waits for what a killed worker left in `minting`, which takes two minutes. */
  readonly toTheEnd: boolean
  readonly tell: (text: string) => void
}

export async function soak(plan: Plan): Promise<Outcome> {
  await using stage = await setStage()
  const traffic = startTraffic(stage)
  const marks: Mark[] = []
  for (let part = 0; part < plan.kills; part++) marks.push(await runPart(plan, stage, traffic))
  plan.tell('traffic is over; waiting for leases to end')
  const rows = await restOf(stage, plan)
  plan.tell('exporting and verifying every ledger')
  const file = join(stage.store, 'export.ndjson')
  await exportTo(file, stage)
  const { written, twice } = await readExport(file)
  const sum = (of: (ledger: string) => number): number => [...traffic.told.keys()].reduce((total, ledger) => total + of(ledger), 0)
  const told = [...traffic.told]
  // what was only counted and is not an entry yet belongs to the refusals
  const isFlushed = rows.uncounted === 0
  return {
    differences: [
      ...(await verified(file)),
      ...twice,
      ...traffic.strange,
      ...told.flatMap(([ledger, of]) => compare(ledger, of, written.get(ledger))),
      ...leftOver(stage, traffic, rows, plan),
      ...growth(marks),
      ...(isFlushed ? [] : [`${rows.uncounted} refusals were counted and never written down`]),
    ],
    marks,
    rows,
    lost: sum((ledger) => (traffic.told.get(ledger)?.lostAsks ?? 0) + (traffic.told.get(ledger)?.lostReturns ?? 0)),
    issued: sum((ledger) => written.get(ledger)?.issued.size ?? 0),
    refused: sum((ledger) => written.get(ledger)?.refused ?? 0),
    entries: sum((ledger) => written.get(ledger)?.entries ?? 0),
  }
}

/** One part: half of it, the kill in full flight, the other half, the mark. */
async function runPart({ exchanges, kills, tell }: Plan, stage: Stage, traffic: Traffic): Promise<Mark> {
  const count = Math.floor(exchanges / kills)
  const startedAt = performance.now()
  const sending = traffic.send(count)
  const until = traffic.asked() + count / 2
  const progress = setInterval(() => tell(`${traffic.asked().toLocaleString('en')} of ${exchanges.toLocaleString('en')}`), 5_000)
  while (traffic.asked() < until) await pause(20)
  await stage.kill()
  tell(`killed after ${traffic.asked().toLocaleString('en')}`)
  await stage.start()
  await sending
  clearInterval(progress)
  const asked = traffic.asked()
  const mark = {
    asked,
    bytesPerExchange: Math.round((await ledgerBytes(stage.store)) / asked),
    residentMib: Math.round(residentMib(stage.pid())),
    perSecond: Math.round((count * 1000) / (performance.now() - startedAt)),
  }
  tell(`${asked.toLocaleString('en')} exchanges: ${mark.bytesPerExchange} bytes each, ${mark.residentMib} MiB, ${mark.perSecond} a second`)
  return mark
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits until the leases are over, and in a long run until counts are written down and stuck mints reported. */
async function restOf(stage: Stage, { toTheEnd }: Plan): Promise<Rows> {
  const deadline = Date.now() + (toTheEnd ? 240_000 : (TTL_SECONDS + 12) * 1000)
  for (;;) {
    const rows = await rowsOf(stage.store)
    const isDone = toTheEnd ? rows.leases + rows.uncounted === 0 : rows.leases === rows.minting
    if (isDone || Date.now() > deadline) return rows
    await pause(500)
  }
}

async function verified(file: string): Promise<string[]> {
  const said: string[] = []
  const io = { stdout: () => undefined, stderr: (text: string) => void said.push(text.trim()), cwd: process.cwd() }
  const code = await ledgerCommand(['verify', file], io)
  return code === 0 ? [] : [`jobpass ledger verify: exit ${code}: ${said.join(' ')}`]
}

/** Only what a killed worker was about to do may be left, and only for as long as nobody can know better. */
function leftOver(stage: Stage, traffic: Traffic, rows: Rows, { toTheEnd }: Plan): string[] {
  const lost = [...traffic.told.values()].reduce((sum, { lostAsks }) => sum + lostAsks, 0)
  const stuck = toTheEnd ? 0 : lost
  return [
    ...(rows.leases - rows.minting > 0 ? [`${rows.leases - rows.minting} leases are live past their end`] : []),
    ...(rows.minting > stuck ? [`${rows.minting} leases are still in minting`] : []),
    ...(stage.live.size > lost ? [`${stage.live.size} credentials live at the upstream, and only ${lost} answers were lost`] : []),
  ]
}

/** Each mark is of a process that has served as many exchanges as the others, so neither figure may climb. */
function growth(marks: readonly Mark[]): string[] {
  const [first] = marks
  const last = marks.at(-1)
  if (first === undefined || last === undefined || first === last) return []
  return [
    ...(last.bytesPerExchange > first.bytesPerExchange * 1.25
      ? [`an exchange takes ${last.bytesPerExchange} bytes at the end and ${first.bytesPerExchange} at first`]
      : []),
    ...(last.residentMib > first.residentMib * 1.5 + 32 ? [`memory grew from ${first.residentMib} to ${last.residentMib} MiB`] : []),
  ]
}
