/** `jobpass confirm`: the word of the second person, for what somebody else proposed. */
import * as z from 'zod'
import { askAs, callerOf, tellNotDone } from '../authority-call.ts'
import { jsonOf } from '../broker.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { readOptions, usageError } from '../options.ts'
import { proposalSchema, whatText } from '../proposal.ts'

export const confirmHelp = `jobpass confirm ID --broker URL [--audience AUD]

Does what another person proposed: a publication that gives somebody something new, or taking a freeze back, at a broker that is
set to need two people for it (TWO_PERSON). \`jobpass proposals\` shows what waits.

  ID               the proposal, as the first call printed it
  --broker URL     origin of the broker
  --audience AUD   the aud of the ID token (default: the broker's origin)

Runs as a publisher, or as an operator for a thaw, in a run that another person started: the broker compares actor_id, and takes
no re-run, no schedule and no App for a person. A proposal lives a quarter of an hour, is used once, and is void as soon as
anything is published, frozen or thawed.
Exit: 0 done, and in force everywhere · 2 could not run · 4 the broker refused.
`

const SPEC = { operands: ['ID'], options: { broker: 'required', audience: 'value' } } as const

const confirmed = z.looseObject({ ...proposalSchema.omit({ proposal: true, expires_at: true }).shape })

export async function confirmCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'confirm', read.error)
  const { operands } = read.value
  const id = operands[0] ?? ''
  if (!/^[0-9a-f]{32}$/.test(id)) return usageError(io, 'confirm', ['ID: 32 hex digits, as the first call printed them'])
  const caller = callerOf(read.value)
  if (!caller.ok) return usageError(io, 'confirm', [caller.error])
  const answer = await askAs(caller.value, `/proposals/${id}/confirm`, { method: 'POST' })
  if (!answer.ok) return tellNotDone('confirm', answer.error, io)
  const done = confirmed.safeParse(jsonOf(answer.value))
  io.stdout(done.success ? `Done, as ${done.data.by ?? 'somebody'} proposed: ${whatText(done.data)}\n` : 'Done\n')
  return EXIT.success
}
