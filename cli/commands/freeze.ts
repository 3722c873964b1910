/** `jobpass freeze`, `thaw` and `freezes`: the kill switch, for operators. The first two end well only when every ledger has the change. */
import * as z from 'zod'
import type { FreezeTarget } from '../../shared/freeze.ts'
import { parseDuration } from '../../shared/units.ts'
import { askAs, CALLER_HELP, CALLER_OPTIONS, type Caller, callerOf, TOKEN_HELP } from '../authority-call.ts'
import { jsonOf } from '../broker.ts'
import { type CommandIo, cannotRun, EXIT } from '../command.ts'
import { type Changed, changeFreeze } from '../freezing.ts'
import { type Options, readOptions, usageError } from '../options.ts'
import { proposedText } from '../proposal.ts'
import { tableText } from '../table.ts'
import { FREEZE_OPTIONS, freezeTargetOf, targetText } from '../targets.ts'

const TARGET_HELP = `  --workload NAME    one of these names of the policy, or
  --grant NAME       --connection NAME  --issuer NAME  --kind NAME
  --all              everything`

const WAIT_HELP = `  --wait TIME        how long to go on until every ledger has confirmed (default: 60s)
  --format text|json default: text`

export const freezeHelp = `jobpass freeze TARGET --reason TEXT --broker URL [options]

Stops new credentials, at once and on every ledger: callers get \`frozen\`. It ends none that is out; \`jobpass revoke\` does.

${TARGET_HELP}
  --reason TEXT      recorded, and shown by \`jobpass freezes\`
${CALLER_HELP}
${WAIT_HELP}

Runs as an operator: ${TOKEN_HELP}
Exit: 0 in force on every ledger · 1 recorded, but not every ledger has confirmed yet · 2 could not run, or the broker refused.
`

export const thawHelp = `jobpass thaw TARGET --broker URL [options]

Takes a freeze back. TARGET is written as for \`jobpass freeze\`, and must be one that is in force.

${TARGET_HELP}
${CALLER_HELP}
${WAIT_HELP}

Runs as an operator: ${TOKEN_HELP}
Exit: 0 gone from every ledger · 1 recorded, but not every ledger has confirmed yet · 2 could not run, or the broker refused
· 6 nothing is changed before a second person confirms.
`

export const freezesHelp = `jobpass freezes --broker URL [--audience AUD] [--format text|json]

Lists the freezes in force: what they stop, since when, by whom and why.

Runs as an operator: ${TOKEN_HELP}
Exit: 0 listed · 2 could not run, or the broker refused.
`

interface Change {
  readonly command: 'freeze' | 'thaw'
  readonly method: 'PUT' | 'DELETE'
  readonly done: string
}

const FREEZE: Change = { command: 'freeze', method: 'PUT', done: 'frozen' }
const THAW: Change = { command: 'thaw', method: 'DELETE', done: 'thawed' }

const COMMON = { ...FREEZE_OPTIONS, ...CALLER_OPTIONS, wait: 'value', format: 'value' } as const

export async function freezeCommand(args: readonly string[], io: CommandIo): Promise<number> {
  return change(FREEZE, readOptions(args, { operands: [], options: { ...COMMON, reason: 'required' } }), io)
}

export async function thawCommand(args: readonly string[], io: CommandIo): Promise<number> {
  return change(THAW, readOptions(args, { operands: [], options: COMMON }), io)
}

async function change(what: Change, read: ReturnType<typeof readOptions>, io: CommandIo): Promise<number> {
  if (!read.ok) return usageError(io, what.command, read.error)
  const target = freezeTargetOf(read.value)
  const caller = callerOf(read.value)
  const wait = parseDuration(read.value.option('wait') ?? '60s')
  const format = formatOf(read.value)
  const problems = [
    ...(target.ok ? [] : [target.error]),
    ...(caller.ok ? [] : [caller.error]),
    ...(wait === undefined ? ['--wait: a duration such as 60s or 5m'] : []),
    ...(format === undefined ? [FORMATS] : []),
  ]
  if (!target.ok || !caller.ok || wait === undefined || format === undefined) return usageError(io, what.command, problems)
  const reason = read.value.option('reason')
  const asked = { method: what.method, target: target.value, waitMs: wait * 1000, ...(reason === undefined ? {} : { reason }) }
  const changed = await changeFreeze(caller.value, {
    ...asked,
    onWait: (why) => io.stderr(`jobpass ${what.command}: ${why}; asking again\n`),
  })
  return tell(what, { changed, target: target.value, format, broker: caller.value.broker }, io)
}

interface Told {
  readonly changed: Changed
  readonly target: FreezeTarget
  readonly format: 'text' | 'json'
  readonly broker: Caller['broker']
}

function tell(what: Change, told: Told, io: CommandIo): number {
  const { changed, target, format, broker } = told
  switch (changed.outcome) {
    case 'proposed':
      io.stdout(format === 'json' ? `${JSON.stringify({ proposed: changed.proposal })}\n` : proposedText(changed.proposal, broker))
      return EXIT.proposed
    case 'not_done':
      return cannotRun(io, what.command, changed.lines)
    case 'everywhere':
      io.stdout(changedText(what, told))
      if (changed.isUnknown) {
        io.stderr(
          `jobpass ${what.command}: the active policy has no ${targetText(target)}: if that is a slip, nothing you meant is stopped\n`,
        )
      }
      return EXIT.success
    case 'not_everywhere':
      io.stdout(changedText(what, told))
      return EXIT.partly
  }
}

function changedText({ done }: Change, { changed, target, format }: Told): string {
  const isEverywhere = changed.outcome === 'everywhere'
  if (format === 'json') return `${JSON.stringify({ [done]: target, everywhere: isEverywhere })}\n`
  const reach = isEverywhere
    ? 'on every ledger'
    : 'but some ledgers have not confirmed: the broker goes on telling them; run this again to wait for them'
  return `${done}: ${targetText(target)}, ${reach}\n`
}

const FORMATS = '--format: text or json'

function formatOf({ option }: Options): 'text' | 'json' | undefined {
  const format = option('format') ?? 'text'
  return format === 'text' || format === 'json' ? format : undefined
}

const freezesAnswer = z.looseObject({
  freezes: z.array(
    z.looseObject({ target: z.string(), name: z.string().optional(), reason: z.string(), since: z.string(), by: z.string() }),
  ),
})

export async function freezesCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, { operands: [], options: { ...CALLER_OPTIONS, format: 'value' } })
  if (!read.ok) return usageError(io, 'freezes', read.error)
  const caller = callerOf(read.value)
  const format = formatOf(read.value)
  if (!caller.ok || format === undefined)
    return usageError(io, 'freezes', [...(caller.ok ? [] : [caller.error]), ...(format === undefined ? [FORMATS] : [])])
  return list(caller.value, format, io)
}

async function list(caller: Caller, format: 'text' | 'json', io: CommandIo): Promise<number> {
  const answer = await askAs(caller, '/freezes')
  if (!answer.ok) return cannotRun(io, 'freezes', answer.error.lines)
  const answered = freezesAnswer.safeParse(jsonOf(answer.value))
  if (!answered.success) return cannotRun(io, 'freezes', ['the broker answers nothing that can be read'])
  const { freezes } = answered.data
  if (format === 'json') io.stdout(`${JSON.stringify({ freezes })}\n`)
  else if (freezes.length === 0) io.stdout('nothing is frozen\n')
  else
    io.stdout(
      tableText(
        ['FROZEN', 'NAME', 'SINCE', 'BY', 'REASON'],
        freezes.map(({ target, name, since, by, reason }) => [target, name ?? '', since, by, reason]),
      ),
    )
  return EXIT.success
}
