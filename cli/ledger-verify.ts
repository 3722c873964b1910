/**
 * `jobpass ledger verify`: gathers the evidence and says what it amounts to. It never says "intact" of what no signature covers, and tells everything
 * that is broken, not only the first.
 */
import { readFile, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { err, ok, type Result } from '../shared/result.ts'
import { printable, reason } from './broker.ts'
import { type CommandIo, EXIT } from './command.ts'
import {
  compareWithFile,
  forks,
  marksOf,
  type NamedSigned,
  parseNotes,
  recordOfCheckpoint,
  uncovered,
  verifyCheckpoint,
} from './ledger-checkpoints.ts'
import { type LedgerFile, type NamedNote, notesIn, readLedgerFile, type Told } from './ledger-file.ts'

export interface VerifyRequest {
  readonly file: string
  /** Checkpoints kept elsewhere; with none, those of the file itself. */
  readonly checkpoints: readonly string[]
  readonly keys: string | undefined
}

export async function verifyLedger(request: VerifyRequest, io: CommandIo): Promise<number> {
  const cannot = (sentence: string): number => {
    io.stderr(`jobpass ledger verify: ${sentence}\n`)
    return EXIT.couldNotRun
  }
  try {
    const path = resolve(io.cwd, request.file)
    const keysText = request.keys === undefined ? undefined : await readFile(resolve(io.cwd, request.keys), 'utf8')
    const keys = keysText === undefined ? ok(undefined) : parseKeys(keysText)
    if (!keys.ok) return cannot(keys.error)
    const notes = await readNotes(request, path, io.cwd)
    if (!notes.ok) return cannot(notes.error)
    const parsed = parseNotes(notes.value)
    const checkpoints = parsed.ok ? parsed.value : []
    const file = await readLedgerFile(path, marksOf(checkpoints))
    const evidence = { file, checkpoints, keys: keys.value ?? file.keys, keysFromFile: keys.value === undefined }
    return judge(evidence, parsed.ok ? [] : parsed.error, io)
  } catch (error) {
    return cannot(reason(error))
  }
}

async function readNotes({ checkpoints }: VerifyRequest, path: string, cwd: string): Promise<Result<readonly NamedNote[], string>> {
  const given: NamedNote[] = []
  for (const name of checkpoints) given.push({ name: `checkpoint ${basename(name)}`, note: await readFile(resolve(cwd, name), 'utf8') })
  if (given.length > 0) return ok(given)
  const isFile = (await stat(path)).isFile()
  return isFile ? ok(await notesIn(path)) : err('FILE is read twice, so it must be a file and not a pipe; or pass --checkpoint')
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
  readonly checkpoints: readonly NamedSigned[]
  readonly keys: unknown
  readonly keysFromFile: boolean
}

function judge(evidence: Evidence, unreadable: readonly string[], io: CommandIo): number {
  const { file, checkpoints, keys } = evidence
  const signers = keys === undefined ? [] : checkpoints.map(({ name, signed }) => ({ name, signer: verifyCheckpoint(signed, keys) }))
  const forged = signers.flatMap(({ name, signer }) => (signer.ok ? [] : [`${name}: ${signer.error}`]))
  const forked = forks(checkpoints)
  const broken = [...file.breaks.first, ...unreadable, ...forged, ...checkpointBreaks(evidence)]
  tellMisfits(file.misfits, io)
  if (broken.length + forked.length > 0) return tellBroken({ broken, forked, chains: file.breaks }, io)
  if (checkpoints.length === 0) return unsigned(io, file, 'there is no checkpoint, so entries missing at the end would not show')
  if (keys === undefined) return unsigned(io, file, 'there are no keys, so the checkpoint could be anybody’s')
  tellIntact(evidence, [...new Set(signers.flatMap(({ signer }) => (signer.ok ? [signer.value] : [])))], io)
  return EXIT.success
}

/** Only of a file whose chains hold: of one that is broken, a checkpoint says nothing more. */
function checkpointBreaks({ file, checkpoints }: Evidence): readonly string[] {
  if (file.breaks.count > 0) return []
  return checkpoints.flatMap((checkpoint) => {
    const breaks = compareWithFile(checkpoint, file)
    if (breaks.length > 0 || recordOfCheckpoint(checkpoint, file) !== 'missing') return breaks
    return [`${checkpoint.name}: it was signed and is not on record in the ledger, as every checkpoint is: there is another history`]
  })
}

const MAX_LINES = 20

function tellBroken(
  { broken, forked, chains }: { broken: readonly string[]; forked: readonly string[]; chains: Told },
  io: CommandIo,
): number {
  for (const line of forked.slice(0, MAX_LINES)) io.stderr(`fork: ${shown(line)}\n`)
  for (const line of broken.slice(0, MAX_LINES)) io.stderr(`broken: ${shown(line)}\n`)
  const more = forked.length + broken.length + chains.count - chains.first.length
  const told = Math.min(forked.length, MAX_LINES) + Math.min(broken.length, MAX_LINES)
  if (more > told) io.stderr(`and ${more - told} more\n`)
  return EXIT.broken
}

function tellMisfits({ first, count }: Told, io: CommandIo): void {
  for (const line of first) io.stderr(`unfit: ${shown(line)}\n`)
  if (count > first.length) io.stderr(`unfit: and ${count - first.length} more\n`)
  if (count > 0)
    io.stderr('Entries that are unfit are chained as they should be; a broker newer than this jobpass may have written them.\n')
}

function tellIntact({ file, checkpoints, keysFromFile }: Evidence, signers: readonly string[], io: CommandIo): void {
  const what = checkpoints.length === 1 ? 'checkpoint' : `${checkpoints.length} checkpoints`
  io.stdout(`intact: ${file.entries} entries in ${file.heads.size} ledgers, ${what} signed by ${signers.map(shown).join(' and ')}\n`)
  const after = uncovered(checkpoints, file)
  if (after > 0) io.stdout(`${after} of them came after the checkpoint, which does not cover them\n`)
  for (const checkpoint of checkpoints) {
    if (recordOfCheckpoint(checkpoint, file) === 'old')
      io.stdout(`${checkpoint.name} is not on record in the ledger: it is from before checkpoints were recorded\n`)
  }
  if (keysFromFile) io.stdout('the keys are those in the file itself; compare them with the broker’s, or pass --keys\n')
}

function unsigned(io: CommandIo, file: LedgerFile, why: string): number {
  io.stderr(`the chains of ${file.entries} entries hold, but no signature was checked: ${why}\n`)
  return EXIT.couldNotRun
}

const MAX_CHARACTERS = 500

/** What comes from the file must not steer the terminal, nor fill it. */
function shown(line: string): string {
  return printable(line.length > MAX_CHARACTERS ? `${line.slice(0, MAX_CHARACTERS)}…` : line)
}
