/** `jobpass inventory` and `jobpass report`: what there is and whose it is, and the same for an access review. For auditors; both only read. */
import type { Inventory } from '../../shared/inventory-wire.ts'
import { reportCsv } from '../../shared/report-csv.ts'
import { reportMarkdown } from '../../shared/report-markdown.ts'
import { CALLER_HELP, CALLER_OPTIONS, callerOf, TOKEN_HELP } from '../authority-call.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { daysOf, isPartial, requestInventory, SINCE_EXPECTED } from '../inventory.ts'
import { inventoryText } from '../inventory-text.ts'
import { readOptions, usageError } from '../options.ts'

const EXITS = `Exit: 0 done · 1 partly: some ledger did not answer, or not every lease was counted · 2 could not run, or the broker refused.`

export const inventoryHelp = `jobpass inventory --broker URL [--since TIME] [--format text|json]

Lists every grant, workload, connection and issuer of the active policy: whose it is, how often and when it was last used, what is
live, which reviews and rotations are overdue, what was not used, and what is wider than its use: the narrower conditions and scope
that would have served every recorded ask.

  --since TIME       the period to look back on (default: 90d)
${CALLER_HELP}
  --format text|json default: text

Of a very busy broker the newest asks are read; then it says so, and calls nothing unused.

Runs as an auditor: ${TOKEN_HELP}
${EXITS}
`

export const reportHelp = `jobpass report --broker URL [--since TIME] [--format markdown|csv|json]

Prints an access review: what to decide (overdue, unused, left over), what is wider than its use, who could and who did, refusals,
and what authorities did in the period.

  --since TIME       the period (default: 90d)
${CALLER_HELP}
  --format markdown  for people and pull requests (default)
  --format csv       one table for a spreadsheet; the column \`record\` says what a row is
  --format json      the inventory both are made of

Runs as an auditor: ${TOKEN_HELP}
${EXITS}
`

type Formats = Readonly<Record<string, (inventory: Inventory) => string>>

const json = (inventory: Inventory): string => `${JSON.stringify(inventory, null, 2)}\n`

export async function inventoryCommand(args: readonly string[], io: CommandIo): Promise<number> {
  return show({ command: 'inventory', formats: { text: inventoryText, json } }, args, io)
}

export async function reportCommand(args: readonly string[], io: CommandIo): Promise<number> {
  return show({ command: 'report', formats: { markdown: reportMarkdown, csv: reportCsv, json } }, args, io)
}

interface Showing {
  readonly command: string
  /** The first is the default. */
  readonly formats: Formats
}

async function show({ command, formats }: Showing, args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, { operands: [], options: { ...CALLER_OPTIONS, since: 'value', format: 'value' } })
  if (!read.ok) return usageError(io, command, read.error)
  const caller = callerOf(read.value)
  const days = daysOf(read.value.option('since') ?? '90d')
  const names = Object.keys(formats)
  const name = read.value.option('format') ?? names[0] ?? ''
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined
  const problems = [
    ...(caller.ok ? [] : [caller.error]),
    ...(days === undefined ? [SINCE_EXPECTED] : []),
    ...(format === undefined ? [`--format: ${names.join(', ')}`] : []),
  ]
  if (!caller.ok || days === undefined || format === undefined) return usageError(io, command, problems)
  const inventory = await requestInventory(caller.value, days)
  if (!inventory.ok) {
    for (const line of inventory.error) io.stderr(`jobpass ${command}: ${line}\n`)
    return EXIT.couldNotRun
  }
  io.stdout(format(inventory.value))
  return isPartial(inventory.value) ? EXIT.partly : EXIT.success
}
