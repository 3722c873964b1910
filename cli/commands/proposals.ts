/** `jobpass proposals`: what waits for a second person at a broker. */
import * as z from 'zod'
import { askAs, callerOf, tellNotDone } from '../authority-call.ts'
import { jsonOf, printable } from '../broker.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { readOptions, usageError } from '../options.ts'
import { proposalSchema, whatText } from '../proposal.ts'

export const proposalsHelp = `jobpass proposals --broker URL [--format text|json] [--audience AUD]

Lists what one person proposed and another must confirm, with \`jobpass confirm ID\`. To see what a proposed policy does, compare:
its digest is what \`jobpass compile DIR --digest\` prints for its source.

  --broker URL     origin of the broker
  --format json    {"proposals":[{"proposal","act","by","expires_at",…}]}
  --audience AUD   the aud of the ID token (default: the broker's origin)

Runs as a publisher, operator or auditor.
Exit: 0 listed · 2 could not run · 4 the broker refused.
`

const SPEC = { operands: [], options: { broker: 'required', format: 'value', audience: 'value' } } as const

const listed = z.looseObject({ proposals: z.array(proposalSchema) })

export async function proposalsCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'proposals', read.error)
  const { option } = read.value
  const format = option('format') ?? 'text'
  if (format !== 'text' && format !== 'json') return usageError(io, 'proposals', [`--format: text or json, not ${JSON.stringify(format)}`])
  const caller = callerOf(read.value)
  if (!caller.ok) return usageError(io, 'proposals', [caller.error])
  const answer = await askAs(caller.value, '/proposals')
  if (!answer.ok) return tellNotDone('proposals', answer.error, io)
  const open = listed.safeParse(jsonOf(answer.value))
  if (!open.success) return tellNotDone('proposals', { by: 'nobody', lines: ['the broker does not answer with proposals'] }, io)
  if (format === 'json') io.stdout(`${JSON.stringify(open.data, null, 2)}\n`)
  else
    for (const one of open.data.proposals)
      io.stdout(`${one.proposal} until ${printable(one.expires_at)} by ${printable(one.by ?? '')}\n  ${whatText(one)}\n`)
  if (format === 'text' && open.data.proposals.length === 0) io.stderr('Nothing waits for a second person.\n')
  return EXIT.success
}
