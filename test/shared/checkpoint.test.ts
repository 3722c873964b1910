import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkpointBody, ledgerLines, noteKeyId, readCheckpoint, signedNote } from '../../shared/checkpoint.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64')
const hex = (digit: string): string => digit.repeat(64)
const ledgers = [
  { ledger: 'v1:https://token.actions.githubusercontent.com:9', seq: 3, hash: hex('b') },
  { ledger: 'v1:authorities', seq: 2, hash: hex('a') },
]
const body = checkpointBody('https://jobpass.example.com', ledgers, sha256)
const note = signedNote(body, { keyName: 'jobpass.example.com', blob: 'AAAA' })

describe('a checkpoint', () => {
  it('names the origin, the number of entries, the head over all ledgers and each ledger in order', () => {
    const lines = `v1:authorities 2 ${hex('a')}\nv1:https://token.actions.githubusercontent.com:9 3 ${hex('b')}\n`
    expect(ledgerLines(ledgers)).toBe(lines)
    expect(note).toBe(`https://jobpass.example.com\n5\n${sha256(lines)}\n${lines}\n— jobpass.example.com AAAA\n`)
  })

  it('is read back as it was written', () => {
    const read = readCheckpoint(note, sha256)
    expect(read).toMatchObject({
      ok: true,
      value: { body, signatures: [{ keyName: 'jobpass.example.com', blob: 'AAAA' }], checkpoint: { entries: 5 } },
    })
    if (read.ok) expect(ledgerLines(read.value.checkpoint.ledgers)).toBe(ledgerLines(ledgers))
  })

  it('of no ledger at all is one too', () => {
    expect(readCheckpoint(signedNote(checkpointBody('https://x', [], sha256), { keyName: 'x', blob: 'AAAA' }), sha256).ok).toBe(true)
  })

  it.each([
    ['without a blank line', body],
    ['with another number of entries', note.replace('\n5\n', '\n6\n')],
    ['with another hash', note.replace(hex('a'), hex('c'))],
    ['with a ledger left out', note.replace(/v1:authorities.*\n/, '')],
    ['with its ledgers in another order', note.replace(/(v1:a.*\n)(v1:h.*\n)/, '$2$1')],
    ['with a ledger twice', note.replace(/(v1:a.*\n)/, '$1$1')],
    ['with a line that is none', note.replace('v1:authorities 2', 'v1:authorities two')],
    ['that is empty', ''],
  ])('%s is refused', (_name, changed) => {
    expect(readCheckpoint(changed, sha256).ok).toBe(false)
  })

  it('has its form checked whatever is sent', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readCheckpoint(text, sha256)))
  })
})

it('a note key id is that of the key and its name', () => {
  // C2SP signed-note: SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)[:4]
  const key = new Uint8Array(32).fill(7)
  const expected = createHash('sha256')
    .update(Buffer.concat([Buffer.from('example.com\n\x01'), key]))
    .digest()
    .subarray(0, 4)
  expect(Buffer.from(noteKeyId('example.com', key, (bytes) => createHash('sha256').update(bytes).digest())).toString('hex')).toBe(
    expected.toString('hex'),
  )
})
