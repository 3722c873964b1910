/** `jobpass ledger`: takes the history of a broker away, looks things up in it, watches it grow, and proves, without the broker, that nobody has edited it. */
import { resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { err, ok, type Result } from '../../shared/result.ts'
import { parseDuration } from '../../shared/units.ts'
import type { Caller } from '../authority-call.ts'
import { brokerOrigin, printable, reason } from '../broker.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { runnerIdTokens } from '../id-token.ts'
import type { Stopped } from '../ledger-catch-up.ts'
import { exportLedger } from '../ledger-export.ts'
import { followLedger } from '../ledger-follow.ts'
import { FILTER_OPTIONS, filterOf, startingPointOf } from '../ledger-options.ts'
import { readPages } from '../ledger-pages.ts'
import { verifyLedger } from '../ledger-verify.ts'
import { type Options, type OptionsSpec, readOptions, type UsageProblems, usageError } from '../options.ts'

export const ledgerHelp = `jobpass ledger export --broker URL [--audience AUD]
jobpass ledger show --broker URL [FILTER …] [--audience AUD]
jobpass ledger follow --broker URL [FILTER …] [--from LEDGER:SEQ …] [--resume FILE] [--interval 5s] [--audience AUD]
jobpass ledger verify FILE [--checkpoint FILE …] [--keys FILE]

export, show and follow run as an auditor: the ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and
ACTIONS_ID_TOKEN_REQUEST_TOKEN. Each call of the broker is an entry of the ledger itself.

export prints every entry, one JSON object a line, then a signed checkpoint (taken first) and the key set.

show prints the entries that fit every filter. FILTER is one of
  --workload NAME  --grant NAME  --run ID  --type TYPE  --lease ID  --decision ID
  --since TIME  --until TIME    2026-11-22T02:00:00Z, a date, or how long ago: 24h

follow prints new entries as they come and holds each against the chain before it. While the broker cannot be
reached it tries again. A filter chooses what is printed; everything is checked.
  --from LEDGER:SEQ  goes on after this entry of this ledger; other ledgers are followed from now
  --resume FILE      goes on where an export, or what follow printed without a filter, ends (/dev/null: all of it)
  --interval 5s      how long to wait between two calls

verify checks an export offline: that no entry was changed, removed, added or moved, that every checkpoint is
signed, is on record in the ledger and agrees with it, and that no two checkpoints are of two histories.
A checkpoint and keys kept elsewhere prove more than those in the file, which its editor could replace.
Entries that are chained well but do not fit their type (docs/ledger.md) are named; they break nothing.
  --checkpoint FILE  a checkpoint as GET /ledger/checkpoint answers it, instead of the file's own; may be repeated
  --keys FILE        a key set as GET /.well-known/jwks.json answers it

Exit: 0 intact, or done · 2 could not run, or no signature could be checked · 4 the broker refused
      5 broken or forked, and where
`

const ACTIONS: ReadonlyMap<string, (args: readonly string[], io: CommandIo) => Promise<number>> = new Map([
  ['export', exportAction],
  ['show', showAction],
  ['follow', followAction],
  ['verify', verifyAction],
])

export async function ledgerCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const [action, ...rest] = args
  const run = ACTIONS.get(action ?? '')
  if (run !== undefined) return run(rest, io)
  const names = 'export, show, follow and verify'
  return usageError(io, 'ledger', [
    action === undefined ? `one of ${names} is missing` : `no action ${JSON.stringify(action)}; there are ${names}`,
  ])
}

async function exportAction(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readAuditor(args, {})
  if (!read.ok) return usageError(io, 'ledger export', read.error)
  return finish('export', await exportLedger(read.value.auditor, io.stdout), io)
}

async function showAction(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readAuditor(args, FILTER_OPTIONS)
  if (!read.ok) return usageError(io, 'ledger show', read.error)
  const filter = filterOf(read.value.options, Date.now())
  if (!filter.ok) return usageError(io, 'ledger show', filter.error)
  const query = Object.fromEntries(Object.entries(filter.value).map(([name, value]) => [name, value ?? '']))
  const shown = await readPages<Stopped>(read.value.auditor, query, (lines) => {
    for (const line of lines) io.stdout(`${line}\n`)
    return ok(undefined)
  })
  return finish('show', shown, io)
}

async function followAction(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readAuditor(args, { ...FILTER_OPTIONS, from: 'repeated', resume: 'value', interval: 'value' })
  if (!read.ok) return usageError(io, 'ledger follow', read.error)
  const { auditor, options } = read.value
  const filter = filterOf(options, Date.now())
  const intervalMs = (parseDuration(options.option('interval') ?? '5s') ?? 0) * 1000
  if (!filter.ok) return usageError(io, 'ledger follow', filter.error)
  if (intervalMs === 0) return usageError(io, 'ledger follow', ['--interval: how long to wait, such as 5s or 1m'])
  const say = (line: string): void => io.stderr(`jobpass ledger follow: ${printable(line)}\n`)
  const cannot = (line: string): number => {
    say(line)
    return EXIT.couldNotRun
  }
  const resume = options.option('resume')
  try {
    const from = await startingPointOf(options.all('from'), resume === undefined ? undefined : resolve(io.cwd, resume))
    if (!from.ok) return usageError(io, 'ledger follow', from.error)
    const token = await auditor.idToken(auditor.audience)
    if (!token.ok) return cannot(token.error)
    const wait = (ms: number): Promise<boolean> => sleep(ms, true)
    const following = { auditor, from: from.value, filter: filter.value, intervalMs, write: io.stdout, say, wait }
    return finish('follow', await followLedger(following), io)
  } catch (error) {
    return cannot(reason(error))
  }
}

async function verifyAction(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, { operands: ['FILE'], options: { checkpoint: 'repeated', keys: 'value' } })
  if (!read.ok) return usageError(io, 'ledger verify', read.error)
  const { operands, option, all } = read.value
  return verifyLedger({ file: operands[0] ?? '', checkpoints: all('checkpoint'), keys: option('keys') }, io)
}

interface AuditorOptions {
  readonly auditor: Caller
  readonly options: Options
}

function readAuditor(args: readonly string[], more: OptionsSpec['options']): Result<AuditorOptions, UsageProblems> {
  const read = readOptions(args, { operands: [], options: { broker: 'required', audience: 'value', ...more } })
  if (!read.ok) return read
  const origin = brokerOrigin(read.value.option('broker') ?? '')
  if (!origin.ok) return err([origin.error])
  const audience = read.value.option('audience') ?? origin.value
  return ok({ auditor: { broker: origin.value, audience, idToken: runnerIdTokens(process.env) }, options: read.value })
}

function finish(action: string, done: Result<void, Stopped>, io: CommandIo): number {
  if (done.ok) return EXIT.success
  const { by, lines } = done.error
  for (const line of lines) io.stderr(`${by === 'chain' ? 'broken' : `jobpass ledger ${action}`}: ${printable(line)}\n`)
  if (by === 'chain') return EXIT.broken
  return by === 'broker' ? EXIT.refused : EXIT.couldNotRun
}
