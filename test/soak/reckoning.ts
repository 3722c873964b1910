/** The reckoning: what callers were told against what an export of the ledger says, ledger by ledger, and what lies in the tables. Each difference is a sentence. */
import { createWriteStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import * as z from 'zod'
import { exportLedger } from '../../cli/ledger-export.ts'
import { ok } from '../../shared/result.ts'
import type { Stage } from './stage.ts'
import type { Told } from './traffic.ts'

/** What the entries of one ledger add up to. */
export interface Written {
  readonly opened: Map<string, string>
  /** Lease → the token's `jti`, where the entry is the admission too. */
  readonly issued: Map<string, string | undefined>
  readonly ended: Map<string, string>
  refused: number
  entries: number
}

const ENDS = ['returned', 'revoked', 'expired', 'orphaned', 'failed']

const entryLine = z.looseObject({
  ledger: z.string(),
  type: z.string(),
  lease: z.string().optional(),
  refusals: z.number().optional(),
  ask: z.looseObject({ jti: z.string() }).optional(),
})

/** The export as `jobpass ledger export` writes it. */
export async function exportTo(file: string, stage: Stage): Promise<void> {
  const out = createWriteStream(file)
  const auditor = {
    broker: stage.origin,
    audience: stage.origin,
    idToken: async (audience: string) => ok(await stage.token('auditor', audience)),
  }
  const exported = await exportLedger(auditor, (line) => void out.write(line))
  await new Promise<void>((resolve, reject) => out.end((fault?: Error | null) => (fault ? reject(fault) : resolve())))
  if (!exported.ok) throw new Error(`the ledger was not exported: ${exported.error.lines.join(' ')}`)
}

export async function readExport(file: string): Promise<{ written: Map<string, Written>; twice: string[] }> {
  const written = new Map<string, Written>()
  const twice: string[] = []
  const input = await open(file)
  for await (const line of input.readLines()) {
    const entry = entryLine.safeParse(JSON.parse(line))
    if (!entry.success) continue
    const { ledger } = entry.data
    const of = written.get(ledger) ?? { opened: new Map(), issued: new Map(), ended: new Map(), refused: 0, entries: 0 }
    written.set(ledger, of)
    twice.push(...add(of, entry.data).map((difference) => `${ledger}: ${difference}`))
  }
  return { written, twice }
}

/** A second outcome of one lease is a difference. */
function add(of: Written, { type, lease = '', refusals = 0, ask }: z.infer<typeof entryLine>): string[] {
  of.entries++
  const set = <T>(map: Map<string, T>, value: T): string[] => {
    const before = map.get(lease)
    const isSecond = map.has(lease)
    map.set(lease, value)
    return isSecond ? [`lease ${lease} has ${type} after ${before}`] : []
  }
  if (type === 'opened') return set(of.opened, ask?.jti ?? '')
  if (type === 'issued') return set(of.issued, ask?.jti ?? of.opened.get(lease))
  if (ENDS.includes(type)) return set(of.ended, type)
  if (type === 'refused') of.refused++
  if (type === 'refusals_counted') of.refused += refusals
  return []
}

/** Lost answers are a bounded set: each was carried out whole or not at all. */
export function compare(ledger: string, told: Told, written: Written | undefined): string[] {
  if (written === undefined) return [`${ledger}: not in the export`]
  const { opened, issued, ended } = written
  const untold = [...issued].filter(([lease]) => !told.issued.has(lease))
  const admitted = new Set([...issued.values(), ...opened.values()])
  const returned = [...ended.values()].filter((type) => type === 'returned').length
  const differences = [
    ...differ('credentials handed over of which no entry says issued', [...told.issued].filter((lease) => !issued.has(lease)).length, 0, 0),
    ...differ('credentials issued to nobody who lost an answer', untold.filter(([, jti]) => !told.burnt.has(jti ?? '')).length, 0, 0),
    ...differ('tokens called used that nothing used', [...told.burnt].filter((jti) => !admitted.has(jti)).length, 0, 0),
    ...differ('refusals', written.refused, told.refused, told.refused + told.lostAsks),
    ...differ('credentials given back', returned, told.returned, told.returned + told.lostReturns),
    ...differ('leases issued that did not end', [...issued.keys()].filter((lease) => !ended.has(lease)).length, 0, 0),
    ...differ('mints that nobody knows the outcome of', [...opened.keys()].filter((lease) => !issued.has(lease)).length, 0, told.lostAsks),
  ]
  return differences.map((difference) => `${ledger}: ${difference}`)
}

function differ(what: string, is: number, least: number, most: number): string[] {
  if (is >= least && is <= most) return []
  return [`${what}: ${is}, and there should be ${least === most ? least : `${least} to ${most}`}`]
}

const STORE = 'jobpass-Ledger'

async function databases(store: string): Promise<string[]> {
  const names = await readdir(join(store, STORE))
  return names.filter((name) => name.endsWith('.sqlite') && !name.startsWith('metadata')).map((name) => join(store, STORE, name))
}

/** Bytes of all ledgers on disk, with what is still in their write-ahead logs. */
export async function ledgerBytes(store: string): Promise<number> {
  const sizes = (await databases(store)).flatMap((file) => [file, `${file}-wal`])
  const stats = await Promise.all(sizes.map((file) => stat(file).catch(() => undefined)))
  return stats.reduce((sum, one) => sum + (one?.size ?? 0), 0)
}

export interface Rows {
  readonly leases: number
  readonly minting: number
  readonly draws: number
  /** Refusals that were only counted and are not an entry yet. */
  readonly uncounted: number
  readonly countedRows: number
}

const count = z.looseObject({ n: z.number() })

/** What lies in the tables of all ledgers. */
export async function rowsOf(store: string): Promise<Rows> {
  const total = { leases: 0, minting: 0, draws: 0, uncounted: 0, countedRows: 0 }
  for (const file of await databases(store)) {
    const database = new DatabaseSync(file, { readOnly: true })
    const ask = (sql: string): number => count.parse(database.prepare(sql).get()).n
    total.leases += ask('SELECT count(*) AS n FROM lease')
    total.minting += ask("SELECT count(*) AS n FROM lease WHERE state = 'minting'")
    total.draws += ask('SELECT count(*) AS n FROM draw')
    total.uncounted += ask('SELECT coalesce(sum(uncounted), 0) AS n FROM counted')
    total.countedRows += ask('SELECT count(*) AS n FROM counted')
    database.close()
  }
  return total
}
