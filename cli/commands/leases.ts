/** `jobpass leases`: what is live, for auditors. It ends nothing. */
import * as z from 'zod'
import { askAs, CALLER_HELP, CALLER_OPTIONS, callerOf, TOKEN_HELP } from '../authority-call.ts'
import { jsonOf, printable } from '../broker.ts'
import { type CommandIo, cannotRun, EXIT } from '../command.ts'
import { readOptions, usageError } from '../options.ts'
import { tableText } from '../table.ts'
import { LEASE_HELP, LEASE_OPTIONS, leaseNamesOf } from '../targets.ts'

export const leasesHelp = `jobpass leases --broker URL [filters] [--format text|json]

Lists the leases that are not over: one for each credential that is out. All filters must fit; without one, everything.

${LEASE_HELP}
${CALLER_HELP}
  --format text|json default: text

Runs as an auditor: ${TOKEN_HELP}
An operator sees the same with \`jobpass revoke --dry-run\`.
Exit: 0 listed · 1 not all of it (there are more than 1 000, or a ledger did not answer) · 2 could not run, or the broker refused.
`

export const shownLease = z.looseObject({
  lease: z.string(),
  state: z.string(),
  grant: z.string(),
  workload: z.string(),
  connection: z.string(),
  kind: z.string(),
  run_id: z.string(),
  opened_at: z.string(),
  expires_at: z.string(),
})

const leasesAnswer = z.looseObject({ leases: z.array(shownLease), truncated: z.boolean(), unreachable: z.array(z.string()) })

type ShownLease = z.infer<typeof shownLease>

export const LEASE_HEADINGS = ['LEASE', 'GRANT', 'WORKLOAD', 'CONNECTION', 'KIND', 'RUN', 'STATE', 'OPENED', 'ENDS']

export function leaseRow({
  lease,
  grant,
  workload,
  connection,
  kind,
  run_id: run,
  state,
  opened_at: opened,
  expires_at: ends,
}: ShownLease) {
  return [lease, grant, workload, connection, kind, run, state, opened, ends]
}

export async function leasesCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, { operands: [], options: { ...LEASE_OPTIONS, ...CALLER_OPTIONS, format: 'value' } })
  if (!read.ok) return usageError(io, 'leases', read.error)
  const caller = callerOf(read.value)
  const format = read.value.option('format') ?? 'text'
  if (!caller.ok) return usageError(io, 'leases', [caller.error])
  if (format !== 'text' && format !== 'json') return usageError(io, 'leases', ['--format: text or json'])
  const query = new URLSearchParams({ ...leaseNamesOf(read.value) }).toString()
  const answer = await askAs(caller.value, `/leases${query === '' ? '' : `?${query}`}`)
  if (!answer.ok) return cannotRun(io, 'leases', answer.error.lines)
  const answered = leasesAnswer.safeParse(jsonOf(answer.value))
  if (!answered.success) return cannotRun(io, 'leases', ['the broker answers nothing that can be read'])
  const { leases, truncated, unreachable } = answered.data
  if (format === 'json') io.stdout(`${JSON.stringify({ leases, truncated, unreachable })}\n`)
  else io.stdout(leases.length === 0 ? 'nothing is live\n' : tableText(LEASE_HEADINGS, leases.map(leaseRow)))
  if (truncated) io.stderr('jobpass leases: there are more than these 1 000: filter by a name\n')
  tellUnreachable(io, 'leases', unreachable)
  return truncated || unreachable.length > 0 ? EXIT.partly : EXIT.success
}

export function tellUnreachable(io: CommandIo, command: string, unreachable: readonly string[]): void {
  for (const ledger of unreachable) io.stderr(`jobpass ${command}: the ledger ${printable(ledger)} did not answer and may hold more\n`)
}
