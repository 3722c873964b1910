/** `jobpass ledger`: takes the history of a broker away as a file, and proves, without the broker, that nobody has edited it. */
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { err, ok, type Result } from '../../shared/result.ts'
import { brokerOrigin, reason } from '../broker.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { runnerIdTokens } from '../id-token.ts'
import { exportLedger } from '../ledger-export.ts'
import { compareWithCheckpoint, type LedgerFile, parseNote, readLedgerFile, verifyCheckpoint } from '../ledger-file.ts'
import { readOptions, usageError } from '../options.ts'

export const ledgerHelp = `jobpass ledger export --broker URL [--audience AUD]
jobpass ledger verify FILE [--checkpoint FILE] [--keys FILE]

export prints every entry, one JSON object a line, then a signed checkpoint (taken first) and the key set.
It runs as an auditor: the ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN.

verify checks an export offline: that no entry was changed, removed, added or moved, and that the checkpoint
is signed. A checkpoint and keys kept elsewhere prove more than those in the file, which its editor could replace.

  --checkpoint FILE  a checkpoint as GET /ledger/checkpoint answers it
  --keys FILE        a key set as GET /.well-known/jwks.json answers it

Exit: 0 intact · 2 could not run, or no signature could be checked · 4 the broker refused · 5 broken, and where.
`

export async function ledgerCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const [action, ...rest] = args
  if (action === 'export') return exportAction(rest, io)
  if (action === 'verify') return verifyAction(rest, io)
  return usageError(io, 'ledger', [
    action === undefined ? 'export or verify is missing' : `no action ${JSON.stringify(action)}; there are export and verify`,
  ])
}

async function exportAction(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, { operands: [], options: { broker: 'required', audience: 'value' } })
  if (!read.ok) return usageError(io, 'ledger export', read.error)
  const origin = brokerOrigin(read.value.option('broker') ?? '')
  if (!origin.ok) return usageError(io, 'ledger export', [origin.error])
  const audience = read.value.option('audience') ?? origin.value
  const exported = await exportLedger({ broker: origin.value, audience, idToken: runnerIdTokens(process.env), write: io.stdout })
  if (exported.ok) return EXIT.success
  for (const line of exported.error.lines) io.stderr(`jobpass ledger export: ${line}\n`)
  return exported.error.by === 'broker' ? EXIT.refused : EXIT.couldNotRun
}

async function verifyAction(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, { operands: ['FILE'], options: { checkpoint: 'value', keys: 'value' } })
  if (!read.ok) return usageError(io, 'ledger verify', read.error)
  const path = resolve(io.cwd, read.value.operands[0] ?? '')
  const [checkpointFile, keysFile] = ['checkpoint', 'keys'].map(read.value.option)
  const cannot = (sentence: string): number => {
    io.stderr(`jobpass ledger verify: ${sentence}\n`)
    return EXIT.couldNotRun
  }
  try {
    const file = await readLedgerFile(createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY }))
    const note = checkpointFile === undefined ? file.checkpoint : await readFile(resolve(io.cwd, checkpointFile), 'utf8')
    const keys = keysFile === undefined ? ok(file.keys) : parseKeys(await readFile(resolve(io.cwd, keysFile), 'utf8'))
    if (!keys.ok) return cannot(keys.error)
    return judge({ file, note, keys: keys.value, keysFromFile: keysFile === undefined }, io)
  } catch (error) {
    return cannot(reason(error))
  }
}

function parseKeys(text: string): Result<unknown, string> {
  try {
    return ok(JSON.parse(text))
  } catch {
    return err('--keys: a JSON key set, as GET /.well-known/jwks.json answers it')
  }
}

interface Evidence {
  readonly file: LedgerFile
  readonly note: string | undefined
  readonly keys: unknown
  readonly keysFromFile: boolean
}

/** Chains first, then the checkpoint's content, then its signature: what is broken is told even when nothing is signed. */
function judge({ file, note, keys, keysFromFile }: Evidence, io: CommandIo): number {
  if (file.breaks.length > 0) return broken(io, file.breaks)
  if (note === undefined) return unsigned(io, file, 'there is no checkpoint, so entries missing at the end would not show')
  const signed = parseNote(note)
  if (!signed.ok) return broken(io, [`the checkpoint: ${signed.error}`])
  const compared = compareWithCheckpoint(file, signed.value.checkpoint)
  if (compared.breaks.length > 0) return broken(io, compared.breaks)
  if (keys === undefined) return unsigned(io, file, 'there are no keys, so the checkpoint could be anybody’s')
  const signer = verifyCheckpoint(signed.value, keys)
  if (!signer.ok) return broken(io, [`the checkpoint: ${signer.error}`])
  io.stdout(`intact: ${file.entries} entries in ${file.heads.size} ledgers, checkpoint signed by ${signer.value}\n`)
  if (compared.uncovered > 0) io.stdout(`${compared.uncovered} of them came after the checkpoint, which does not cover them\n`)
  if (keysFromFile) io.stdout('the keys are those in the file itself; compare them with the broker’s, or pass --keys\n')
  return EXIT.success
}

function broken(io: CommandIo, breaks: readonly string[]): number {
  for (const line of breaks) io.stderr(`broken: ${line}\n`)
  return EXIT.broken
}

function unsigned(io: CommandIo, file: LedgerFile, why: string): number {
  io.stderr(`the chains of ${file.entries} entries hold, but no signature was checked: ${why}\n`)
  return EXIT.couldNotRun
}
