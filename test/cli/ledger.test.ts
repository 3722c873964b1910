import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ledgerCommand } from '../../cli/commands/ledger.ts'
import { checkpointBody, signedNote } from '../../shared/checkpoint.ts'
import { GENESIS_HASH, hashedText } from '../../shared/ledger.ts'
import { testIo } from './io.ts'

interface Entry {
  [member: string]: unknown
  ledger: string
  seq: number
  hash: string
}

const A = 'v1:https://token.actions.githubusercontent.com:65000001'
const B = 'v1:https://token.actions.githubusercontent.com:9'
const ORIGIN = 'https://jobpass.example.com'

const signer = generateKeyPairSync('ed25519')
const stranger = generateKeyPairSync('ed25519')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const sha256 = (text: string, encoding: 'hex' | 'base64'): string => createHash('sha256').update(text).digest(encoding)

function chain(ledger: string, length: number): Entry[] {
  const entries: Entry[] = []
  for (let seq = 1; seq <= length; seq++) {
    const entry: { [member: string]: unknown; ledger: string; seq: number; hash?: string } = {
      v: 1,
      ledger,
      seq,
      at: `2026-11-22T00:00:0${seq}.000Z`,
      type: 'opened',
      prev: entries.at(-1)?.hash ?? GENESIS_HASH,
      grant: `g${seq}`,
    }
    entries.push({ ...entry, hash: sha256(hashedText(entry), 'hex') })
  }
  return entries
}

function jwk(key: KeyObject): Record<string, unknown> {
  return { ...key.export({ format: 'jwk' }) }
}

function note(heads: readonly Entry[], key = signer): string {
  const body = checkpointBody(ORIGIN, heads, (text) => sha256(text, 'base64'))
  const raw = Buffer.from(String(jwk(key.publicKey).x), 'base64url')
  const hint = createHash('sha256')
    .update('jobpass\n')
    .update(Buffer.from([1]))
    .update(raw)
    .digest()
    .subarray(0, 4)
  const blob = Buffer.concat([hint, sign(null, Buffer.from(body), key.privateKey)]).toString('base64')
  return signedNote(body, { keyName: 'jobpass', blob })
}

const KEYS = { type: 'keys', keys: [{ kty: 'EC' }, jwk(signer.publicKey)] }

async function verify(lines: readonly unknown[], ...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const file = join(folder, 'ledger.ndjson')
  await writeFile(file, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''))
  const io = testIo(folder)
  const code = await ledgerCommand(['verify', file, ...args], io)
  return { code, out: io.out(), errors: io.errors() }
}

function whole(): { a: Entry[]; b: Entry[]; checkpoint: { type: string; note: string } } {
  const a = chain(A, 3)
  const b = chain(B, 2)
  return { a, b, checkpoint: { type: 'checkpoint', note: note([...a.slice(-1), ...b.slice(-1)]) } }
}

describe('jobpass ledger verify', () => {
  test('finds an unedited export intact', async () => {
    const { a, b, checkpoint } = whole()
    const { code, out } = await verify([...a, ...b, checkpoint, KEYS])
    expect(code).toBe(0)
    expect(out).toContain('intact: 5 entries in 2 ledgers, checkpoint signed by jobpass')
    expect(out).toContain('the file itself')
  })

  test('says how many entries came after the checkpoint', async () => {
    const { a, b } = whole()
    const early = { type: 'checkpoint', note: note(a.slice(1, 2)) }
    const { code, out } = await verify([...a, ...b, early, KEYS])
    expect(code).toBe(0)
    expect(out).toContain('3 of them came after the checkpoint')
  })

  test.each<[string, (lines: Entry[]) => unknown[], string]>([
    ['changed', (lines) => lines.map((entry) => (entry.seq === 2 ? { ...entry, grant: 'other' } : entry)), `${A} entry 2`],
    ['added to with a member', (lines) => lines.map((entry) => (entry.seq === 2 ? { ...entry, extra: 1 } : entry)), `${A} entry 2`],
    ['removed from the middle', (lines) => lines.filter(({ seq }) => seq !== 2), `${A} entry 3`],
    ['removed from the start', (lines) => lines.slice(1), `${A} entry 2`],
    ['removed from the end', (lines) => lines.slice(0, 2), `${A} entry 2`],
    ['reordered', ([first, second, third]) => [first, third, second], `${A} entry 3`],
    ['doubled', ([first, ...rest]) => [first, first, ...rest], `${A} entry 1`],
  ])('finds an entry %s', async (_, edit, where) => {
    const { a, b, checkpoint } = whole()
    const { code, errors } = await verify([...edit(a), ...b, checkpoint, KEYS])
    expect(code).toBe(5)
    expect(errors).toContain(where)
  })

  test('finds a whole ledger missing', async () => {
    const { b, checkpoint } = whole()
    const { code, errors } = await verify([...b, checkpoint, KEYS])
    expect(code).toBe(5)
    expect(errors).toContain(A)
  })

  test('finds a ledger written anew, hashes and all', async () => {
    const { b, checkpoint } = whole()
    const forged = chain(A, 3).map((entry) => ({ ...entry, grant: 'forged' }))
    let prev = GENESIS_HASH
    const rechained = forged.map(({ hash: _, ...entry }) => {
      const next: Record<string, unknown> = { ...entry, prev }
      prev = sha256(hashedText(next), 'hex')
      return { ...next, hash: prev }
    })
    const { code, errors } = await verify([...rechained, ...b, checkpoint, KEYS])
    expect(code).toBe(5)
    expect(errors).toContain('written anew')
  })

  test('finds a checkpoint that was edited or signed by a stranger', async () => {
    const { a, b, checkpoint } = whole()
    const edited = { ...checkpoint, note: checkpoint.note.replace(`${B} 2`, `${B} 1`) }
    expect((await verify([...a, ...b, edited, KEYS])).code).toBe(5)
    const foreign = { type: 'checkpoint', note: note([...a.slice(-1), ...b.slice(-1)], stranger) }
    const { code, errors } = await verify([...a, ...b, foreign, KEYS])
    expect(code).toBe(5)
    expect(errors).toContain('no key of the key set')
  })

  test('takes checkpoint and keys from elsewhere, which beats what an editor left in the file', async () => {
    const { a, b, checkpoint } = whole()
    const shortened = a.slice(0, 2)
    const forged = { type: 'checkpoint', note: note([...shortened.slice(-1), ...b.slice(-1)], stranger) }
    const forgedKeys = { type: 'keys', keys: [jwk(stranger.publicKey)] }
    expect((await verify([...shortened, ...b, forged, forgedKeys])).code).toBe(0)
    await writeFile(join(folder, 'checkpoint'), checkpoint.note)
    await writeFile(join(folder, 'keys.json'), JSON.stringify({ keys: [jwk(signer.publicKey)] }))
    expect((await verify([...shortened, ...b, forged, forgedKeys], '--keys', 'keys.json')).code).toBe(5)
    expect((await verify([...shortened, ...b, forged, forgedKeys], '--checkpoint', 'checkpoint', '--keys', 'keys.json')).code).toBe(5)
    const good = await verify([...a, ...b], '--checkpoint', 'checkpoint', '--keys', 'keys.json')
    expect(good.code).toBe(0)
    expect(good.out).not.toContain('the file itself')
  })

  test('never says intact without a checked signature', async () => {
    const { a, b, checkpoint } = whole()
    for (const lines of [
      [...a, ...b],
      [...a, ...b, checkpoint],
      [...a, ...b, KEYS],
    ]) {
      const { code, out, errors } = await verify(lines)
      expect(code).toBe(2)
      expect(out).toBe('')
      expect(errors).toContain('no signature was checked')
    }
  })

  test.each(['garbage', '{"type":"opened"}', '{"v":1,"v":1}', '[]', '"x"'])('names a line that is no entry: %s', async (line) => {
    const { a, b, checkpoint } = whole()
    const { code, errors } = await verify([...a, line, ...b, checkpoint, KEYS])
    expect(code).toBe(5)
    expect(errors).toContain('line 4')
  })

  test('reads an entry only one way: a doubled member is refused, though a lenient reader would take it', async () => {
    const { a, b, checkpoint } = whole()
    const doubled = JSON.stringify(a[0]).replace('"grant":"g1"', '"grant":"evil","grant":"g1"')
    expect((await verify([doubled, ...a.slice(1), ...b, checkpoint, KEYS])).code).toBe(5)
  })

  test('cannot run without its file, or with keys that are none', async () => {
    const io = testIo(folder)
    expect(await ledgerCommand(['verify', 'absent.ndjson'], io)).toBe(2)
    expect(io.errors()).toContain('absent.ndjson')
    await writeFile(join(folder, 'bad.json'), 'nonsense')
    const { a, checkpoint } = whole()
    expect((await verify([...a, checkpoint], '--keys', 'bad.json')).code).toBe(2)
    expect(await ledgerCommand(['verfy'], testIo())).toBe(2)
    expect(await ledgerCommand([], testIo())).toBe(2)
  })
})
