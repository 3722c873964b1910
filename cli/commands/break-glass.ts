/** `jobpass break-glass`: seals a credential for the day nothing else works, opens it with two people, and puts on record that it was. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { breakGlassReportSchema, type Envelope, envelopeSchema, personSchema } from '../../shared/break-glass.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type Holder, openEnvelope, sealEnvelope } from '../break-glass/envelope.ts'
import { readPrivateKey, readPublicKey } from '../break-glass/layers.ts'
import { brokerOrigin, callBroker, printable, reason } from '../broker.ts'
import { type CommandIo, cannotRun, EXIT } from '../command.ts'
import { runnerIdTokens } from '../id-token.ts'
import { readOptions, usageError } from '../options.ts'
import { problemLines } from '../publishing.ts'

export const breakGlassHelp = `jobpass break-glass seal FILE --name NAME --until TIME --first PERSON=KEY.pub --second PERSON=KEY.pub
jobpass break-glass open ENVELOPE --key PRIVATE_KEY
jobpass break-glass reconcile ENVELOPE --broker URL --opened-at TIME --reason TEXT [--audience AUD]

seal prints an envelope that holds the credential in FILE and opens for the two people together alone. TIME is when
the credential ends at its upstream, such as 2027-03-31T00:00:00Z, at most a year from now.

open, by the first person, prints an envelope for the second; by the second, the credential. Needs no network.
A private key is in PEM form without a passphrase: --key <(openssl pkey -in jane.pem)

reconcile reports to the broker, as an operator, that the envelope was opened, when and why. It goes into the ledger
and raises an alarm. The ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN.

Exit: 0 done · 2 could not run · 4 refused: by the envelope (not this key, changed, past its end) or by the broker.
`

const LONGEST_MS = 366 * 24 * 3_600_000

export async function breakGlassCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const [action, ...rest] = args
  if (action === 'seal') return sealAction(rest, io)
  if (action === 'open') return openAction(rest, io)
  if (action === 'reconcile') return reconcileAction(rest, io)
  return usageError(io, 'break-glass', [
    action === undefined ? 'seal, open or reconcile is missing' : `no action ${JSON.stringify(action)}; there are seal, open and reconcile`,
  ])
}

async function sealAction(args: readonly string[], io: CommandIo): Promise<number> {
  const options = { name: 'required', until: 'required', first: 'required', second: 'required' } as const
  const read = readOptions(args, { operands: ['FILE'], options })
  if (!read.ok) return usageError(io, 'break-glass seal', read.error)
  const value = (name: string): string => read.value.option(name) ?? ''
  const until = endOf(value('until'))
  if (!until.ok) return usageError(io, 'break-glass seal', [until.error])
  const [first, second] = [await holderOf('first', value('first'), io), await holderOf('second', value('second'), io)]
  if (!first.ok) return usageError(io, 'break-glass seal', [first.error])
  if (!second.ok) return usageError(io, 'break-glass seal', [second.error])
  if (first.value.publicKey.equals(second.value.publicKey) || first.value.person === second.value.person)
    return usageError(io, 'break-glass seal', ['--first and --second: two people, each with a key of their own'])
  if (!envelopeSchema.shape.name.safeParse(value('name')).success)
    return usageError(io, 'break-glass seal', ['--name: one line of at most 200 characters'])
  try {
    const credential = await readFile(resolve(io.cwd, read.value.operands[0] ?? ''))
    if (credential.length === 0) return cannotRun(io, 'break-glass seal', ['the credential is empty'])
    const sealing = { credential, name: value('name'), until: until.value, holders: [first.value, second.value] } as const
    io.stdout(`${JSON.stringify(sealEnvelope(sealing, new Date()), null, 2)}\n`)
    return EXIT.success
  } catch (error) {
    return cannotRun(io, 'break-glass seal', [reason(error)])
  }
}

async function openAction(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, { operands: ['ENVELOPE'], options: { key: 'required' } })
  if (!read.ok) return usageError(io, 'break-glass open', read.error)
  const envelope = await readEnvelope(read.value.operands[0] ?? '', io)
  if (!envelope.ok) return cannotRun(io, 'break-glass open', [envelope.error])
  const { id, name, until, people } = envelope.value
  if (Date.parse(until) <= Date.now()) return refused(io, 'open', [`what is inside ended on ${until}`])
  const pem = await readText(read.value.option('key') ?? '', io)
  const key = pem.ok ? readPrivateKey(pem.value) : pem
  if (!key.ok) return cannotRun(io, 'break-glass open', [`--key: ${key.error}`])
  const opened = openEnvelope(envelope.value, key.value)
  if (!opened.ok) return refused(io, 'open', [opened.error])
  if (opened.value.is === 'half') {
    io.stdout(`${JSON.stringify(opened.value.envelope, null, 2)}\n`)
    io.stderr(`half open: now ${printable(people[1].person)} opens this with their own key\n`)
    return EXIT.success
  }
  io.stdout(opened.value.credential.toString())
  // a credential without an end of line stays readable in a terminal; what is piped on is the credential alone
  io.stderr(
    `${io.isTerminal ? '\n' : ''}opened: ${printable(name)}, envelope ${id}, on ${new Date().toISOString()}. It ends on ${until}.\n`,
  )
  io.stderr('When the broker is back: jobpass break-glass reconcile, then replace the credential at its upstream.\n')
  return EXIT.success
}

async function reconcileAction(args: readonly string[], io: CommandIo): Promise<number> {
  const options = { broker: 'required', 'opened-at': 'required', reason: 'required', audience: 'value' } as const
  const read = readOptions(args, { operands: ['ENVELOPE'], options })
  if (!read.ok) return usageError(io, 'break-glass reconcile', read.error)
  const value = (name: string): string => read.value.option(name) ?? ''
  const origin = brokerOrigin(value('broker'))
  if (!origin.ok) return usageError(io, 'break-glass reconcile', [origin.error])
  const envelope = await readEnvelope(read.value.operands[0] ?? '', io)
  if (!envelope.ok) return cannotRun(io, 'break-glass reconcile', [envelope.error])
  const { id, name, people } = envelope.value
  const report = { envelope: id, name, people: people.map(({ person }) => person), opened_at: value('opened-at'), reason: value('reason') }
  const checked = breakGlassReportSchema.safeParse(report)
  if (!checked.success)
    return usageError(io, 'break-glass reconcile', [
      '--opened-at: a time such as 2026-11-22T01:44:32Z; --reason: one line of at most 500 characters',
    ])
  const token = await runnerIdTokens(process.env)(read.value.option('audience') ?? origin.value)
  if (!token.ok) return cannotRun(io, 'break-glass reconcile', [token.error])
  const headers = { authorization: `Bearer ${token.value}`, 'content-type': 'application/json' }
  const answer = await callBroker(origin.value, '/break-glass', { method: 'POST', headers, body: JSON.stringify(checked.data) })
  if (!answer.ok) return cannotRun(io, 'break-glass reconcile', [answer.error])
  if (answer.value.status >= 500) return cannotRun(io, 'break-glass reconcile', [problemLines(answer.value).join('\n')])
  if (answer.value.status !== 200) return refused(io, 'reconcile', problemLines(answer.value))
  io.stdout(`on record: ${id}\n`)
  return EXIT.success
}

function endOf(text: string): Result<Date, string> {
  const end = envelopeSchema.shape.until.safeParse(text)
  const left = end.success ? Date.parse(end.data) - Date.now() : 0
  if (left > 0 && left <= LONGEST_MS) return ok(new Date(text))
  return err('--until: when the credential ends at its upstream, such as 2027-03-31T00:00:00Z, at most a year from now')
}

/** `PERSON=FILE` */
async function holderOf(option: string, text: string, io: CommandIo): Promise<Result<Holder, string>> {
  const [, person = '', path = ''] = /^([^=]+)=(.+)$/.exec(text) ?? []
  if (!personSchema.safeParse(person).success) return err(`--${option}: PERSON=KEY.pub, such as jane=jane.pub`)
  const pem = await readText(path, io)
  const key = pem.ok ? readPublicKey(pem.value) : pem
  return key.ok ? ok({ person, publicKey: key.value }) : err(`--${option}: ${key.error}`)
}

async function readEnvelope(path: string, io: CommandIo): Promise<Result<Envelope, string>> {
  const text = await readText(path, io)
  if (!text.ok) return text
  try {
    const read = envelopeSchema.safeParse(JSON.parse(text.value))
    if (read.success) return ok(read.data)
  } catch {
    // told below
  }
  return err('this is no envelope of jobpass break-glass seal')
}

async function readText(path: string, io: CommandIo): Promise<Result<string, string>> {
  try {
    return ok(await readFile(resolve(io.cwd, path), 'utf8'))
  } catch (error) {
    return err(reason(error))
  }
}

function refused(io: CommandIo, action: string, lines: readonly string[]): number {
  for (const line of lines) io.stderr(`jobpass break-glass ${action}: ${line}\n`)
  return EXIT.refused
}
