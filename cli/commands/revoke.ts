/** `jobpass revoke`: ends what is out, or says what would end, for operators. Every lease that could not be ended is named. */
import * as z from 'zod'
import { CALLER_HELP, CALLER_OPTIONS, type Caller, callAs, callerOf, TOKEN_HELP } from '../authority-call.ts'
import { jsonOf, printable } from '../broker.ts'
import { type CommandIo, cannotRun, EXIT } from '../command.ts'
import { type Options, readOptions, usageError } from '../options.ts'
import { notDone } from '../publishing.ts'
import { type LeaseLine, type Revoked, revokeLeases } from '../revoking.ts'
import { tableText } from '../table.ts'
import { LEASE_HELP, LEASE_OPTIONS, type LeaseNames, leaseNamesOf } from '../targets.ts'
import { LEASE_HEADINGS, leaseRow, shownLease, tellUnreachable } from './leases.ts'

export const revokeHelp = `jobpass revoke FILTERS --reason TEXT --broker URL [options]

Ends the leases that all filters fit, and with each its credential at the upstream, and shows it happen. Freeze first
(\`jobpass freeze\`): otherwise new ones are made meanwhile.

${LEASE_HELP}
  --all              every lease, instead of filters
  --reason TEXT      recorded
  --dry-run          says what would end, and how; ends nothing
${CALLER_HELP}
  --format text|json json: one line of JSON for each lease as it ends, then a summary (default: text)

In a terminal a counter runs and what fails is listed; elsewhere each lease is a line. A call that breaks is made again.
What \`lives on\` (an SSH certificate) is no lease any more, but works until its own end: nothing can end it sooner.

Runs as an operator: ${TOKEN_HELP}
Exit: 0 all ended · 1 partly: some could not be ended, or not all could be tried · 2 could not run, or the broker refused.
`

const SPEC = {
  operands: [],
  options: { ...LEASE_OPTIONS, ...CALLER_OPTIONS, all: 'flag', reason: 'value', 'dry-run': 'flag', format: 'value' },
} as const

interface Wanted {
  readonly caller: Caller
  readonly names: LeaseNames
  readonly reason: string
  readonly isJson: boolean
}

export async function revokeCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'revoke', read.error)
  const { option, flag } = read.value
  const names = leaseNamesOf(read.value)
  const caller = callerOf(read.value)
  const reason = option('reason') ?? ''
  const problems = [...wordProblems(read.value, names), ...(caller.ok ? [] : [caller.error])]
  if (!caller.ok || problems.length > 0) return usageError(io, 'revoke', problems)
  const wanted = { caller: caller.value, names, reason, isJson: option('format') === 'json' }
  return flag('dry-run') ? dryRun(wanted, io) : revoke(wanted, io)
}

function wordProblems({ option, flag }: Options, names: LeaseNames): readonly string[] {
  const isFiltered = Object.keys(names).length > 0
  const format = option('format') ?? 'text'
  return [
    ...(flag('all') === isFiltered ? [isFiltered ? '--all, or filters, not both' : 'which leases? Give a filter, or --all'] : []),
    ...(option('reason') === undefined && !flag('dry-run') ? ['--reason is missing'] : []),
    ...(format === 'text' || format === 'json' ? [] : ['--format: text or json']),
  ]
}

async function revoke({ caller, names, reason, isJson }: Wanted, io: CommandIo): Promise<number> {
  const progress = startProgress(io, isJson)
  const onAgain = (why: string): void => progress.say(`${why}; going on`)
  const done = await revokeLeases(caller, { names, reason, onLease: progress.tell, onAgain })
  progress.end()
  if (done.outcome === 'not_done') return cannotRun(io, 'revoke', done.lines)
  const { ended, failed, livesOn, unreachable, incomplete } = done.revoked
  if (isJson) io.stdout(`${JSON.stringify({ type: 'summary', ended, failed, lives_on: livesOn, incomplete, unreachable })}\n`)
  else io.stdout(summaryText(done.revoked))
  if (incomplete !== '') io.stderr(`jobpass revoke: not every lease was tried: ${printable(incomplete)}\n`)
  tellUnreachable(io, 'revoke', unreachable)
  if (failed > 0) io.stderr('jobpass revoke: the same command tries the failed ones again\n')
  return failed > 0 || incomplete !== '' ? EXIT.partly : EXIT.success
}

function summaryText({ ended, failed, livesOn }: Revoked): string {
  const living = livesOn === 0 ? '' : ` (of these, ${livesOn} beyond reach: working until their own end)`
  return `${ended} ended${living}, ${failed} failed\n`
}

interface Progress {
  readonly tell: (lease: LeaseLine) => void
  readonly say: (text: string) => void
  readonly end: () => void
}

/** In a terminal a counter that is written over, and lines only for what somebody must act on. Elsewhere every lease is a line. */
function startProgress(io: CommandIo, isJson: boolean): Progress {
  const counts = { ended: 0, already_over: 0, failed: 0 }
  const isLive = io.isTerminal === true && !isJson
  const wipe = isLive ? '\r\u001b[K' : ''
  const counter = (): string => (isLive ? `${counts.ended + counts.already_over} ended, ${counts.failed} failed …` : '')
  return {
    tell: (lease) => {
      counts[lease.type]++
      const isNews = !isLive || lease.type === 'failed' || lease.detail === 'lives_on'
      if (isLive) io.stderr(wipe)
      if (isNews) io.stdout(isJson ? `${JSON.stringify(lease)}\n` : leaseText(lease))
      if (isLive) io.stderr(counter())
    },
    say: (text) => io.stderr(`${wipe}jobpass revoke: ${printable(text)}\n`),
    end: () => io.stderr(wipe),
  }
}

function leaseText({ type, lease, grant, workload, kind, detail, expires_at: ends }: LeaseLine): string {
  const what = detail === 'lives_on' ? `lives on until ${ends}` : detail
  return `${printable(`${type.replace('_', ' ').padEnd(12)}  ${lease}  ${grant}  ${workload}  ${kind}  ${what}`)}\n`
}

const dryRunAnswer = z.looseObject({
  count: z.number(),
  effects: z.record(z.string(), z.number()),
  leases: z.array(z.looseObject({ ...shownLease.shape, effect: z.string() })),
  truncated: z.boolean(),
  unreachable: z.array(z.string()),
})

const EFFECTS: ReadonlyMap<string, string> = new Map([
  ['ends_at_upstream', 'end at upstream'],
  ['ends_at_introspection', 'inactive at introspection'],
  ['lives_on', 'lives on'],
  ['not_yet_minted', 'not minted yet'],
])

const effectText = (effect: string): string => EFFECTS.get(effect) ?? effect

async function dryRun({ caller, names, reason, isJson }: Wanted, io: CommandIo): Promise<number> {
  const what = Object.keys(names).length === 0 ? { all: true } : names
  const body = JSON.stringify({ ...what, dry_run: true, ...(reason === '' ? {} : { reason }) })
  const answer = await callAs(caller, '/leases/revoke', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  if (!answer.ok) return cannotRun(io, 'revoke', [answer.error])
  if (answer.value.status !== 200) return cannotRun(io, 'revoke', notDone(answer.value).lines)
  const read = dryRunAnswer.safeParse(jsonOf(answer.value))
  if (!read.success) return cannotRun(io, 'revoke', ['the broker answers nothing that can be read'])
  const { count, effects, leases, truncated, unreachable } = read.data
  if (isJson) io.stdout(`${JSON.stringify(read.data)}\n`)
  else {
    if (leases.length > 0)
      io.stdout(
        tableText(
          [...LEASE_HEADINGS, 'WOULD'],
          leases.map((lease) => [...leaseRow(lease), effectText(lease.effect)]),
        ),
      )
    const parts = Object.entries(effects).filter(([, number]) => number > 0)
    const by = parts.map(([effect, number]) => `${number} ${effectText(effect)}`).join(', ')
    io.stdout(`dry run: ${count} would end${by === '' ? '' : `: ${printable(by)}`}\n`)
  }
  if (truncated) io.stderr(`jobpass revoke: the list is cut after ${leases.length}\n`)
  tellUnreachable(io, 'revoke', unreachable)
  return unreachable.length > 0 ? EXIT.partly : EXIT.success
}
