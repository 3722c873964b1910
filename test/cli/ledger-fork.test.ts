/** Attacks by whoever holds the broker's key: histories signed twice, checkpoints off the record, entries that are chained and do not fit; and files that are none. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ledgerCommand } from '../../cli/commands/ledger.ts'
import { canonicalJson } from '../../shared/json.ts'
import { AUTHORITY_LEDGER, GENESIS_HASH } from '../../shared/ledger.ts'
import { testIo } from './io.ts'
import { A, after, B, checkpointLine, KEYS_LINE, lineOf, noteOf, StagedBroker, stranger, verifyIn } from './ledger-stage.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** A broker with two ledgers and one checkpoint on record. */
function staged(): { broker: StagedBroker; first: string } {
  const broker = new StagedBroker()
  broker.refusals(A, 3)
  broker.refusals(B, 2)
  return { broker, first: broker.checkpoint() }
}

const both = ['--checkpoint', 'one', '--checkpoint', 'two']

describe('two checkpoints', () => {
  test('of one history are both borne out by its export', async () => {
    const { broker, first } = staged()
    broker.refusals(A, 2)
    const second = broker.checkpoint()
    const { code, out, errors } = await verifyIn(folder, [...broker.lines(), KEYS_LINE], { files: { one: first, two: second }, args: both })
    expect(errors).toBe('')
    expect(code).toBe(0)
    expect(out).toContain('intact: 9 entries in 3 ledgers, 2 checkpoints signed by jobpass')
    expect(out).not.toContain('came after')
  })

  test('of two histories are a fork, by their names, though each fits an export of its own', async () => {
    const { broker, first } = staged()
    const other = broker.copy()
    broker.refusals(A, 1, 'seen')
    other.refusals(A, 1, 'hidden')
    const [one, two] = [broker.checkpoint(), other.checkpoint()]
    expect(first).not.toBe(one)
    for (const history of [broker, other]) {
      const { code, errors } = await verifyIn(folder, [...history.lines(), KEYS_LINE], { files: { one, two }, args: both })
      expect(code).toBe(5)
      expect(errors).toContain('fork: ')
      expect(errors).toContain(`${A}: two hashes for entry 4: checkpoint one and checkpoint two are of two histories`)
      expect(errors).toContain(`broken: ${A} entry 4: checkpoint ${history === broker ? 'two' : 'one'} has another hash for it`)
    }
  })

  test.each<[string, (states: { ledger: string; seq: number; hash: string }[]) => unknown, string]>([
    [
      'went back',
      (states) => states.filter(({ ledger }) => ledger === A).map((state) => Object.assign(state, { seq: 2 })),
      `${A}: at entry 3 once, and later at entry 2`,
    ],
    [
      'lost a ledger',
      (states) =>
        states.splice(
          states.findIndex(({ ledger }) => ledger === B),
          1,
        ),
      `${B}: at entry 2 once, and later gone`,
    ],
  ])('of which the later one %s are a fork', async (_, edit, told) => {
    const { broker, first } = staged()
    const states = broker.states().map((state) => ({ ...state }))
    edit(states)
    const { code, errors } = await verifyIn(folder, [...broker.lines(), KEYS_LINE], {
      files: { one: first, two: noteOf(states) },
      args: both,
    })
    expect(code).toBe(5)
    expect(errors).toContain(`fork: ${told}: checkpoint one and checkpoint two are of two histories`)
  })

  test('under one record are a fork', async () => {
    const { broker } = staged()
    const states = broker.states()
    const fewer = states.filter(({ ledger }) => ledger !== B)
    const files = { one: noteOf(states), two: noteOf(fewer) }
    const { code, errors } = await verifyIn(folder, [...broker.lines(), KEYS_LINE], { files, args: both })
    expect(code).toBe(5)
    expect(errors).toContain('one entry records two checkpoints')
  })

  test('are each held to their signature', async () => {
    const { broker, first } = staged()
    const files = { one: first, two: noteOf(broker.states(), stranger) }
    const { code, errors } = await verifyIn(folder, [...broker.lines(), KEYS_LINE], { files, args: both })
    expect(code).toBe(5)
    expect(errors).toBe('broken: checkpoint two: no key of the key set made a signature of the checkpoint\n')
  })
})

describe('a checkpoint', () => {
  test('that was signed and is not on record is of another history, though it agrees with every chain', async () => {
    const { broker } = staged()
    broker.append(AUTHORITY_LEDGER, { type: 'published', policy: `sha256:${'0'.repeat(64)}`, replaces: '*', by: 'me' })
    const off = noteOf([A, B, AUTHORITY_LEDGER].flatMap((name) => broker.stateOf(name)))
    const { code, errors } = await verifyIn(folder, [...broker.lines(), checkpointLine(off), KEYS_LINE])
    expect(code).toBe(5)
    expect(errors).toContain('it was signed and is not on record')
  })

  test('from before checkpoints were recorded is taken, and said to be', async () => {
    const broker = new StagedBroker()
    broker.refusals(A, 3)
    broker.append(AUTHORITY_LEDGER, { type: 'published', policy: `sha256:${'0'.repeat(64)}`, replaces: '*', by: 'me' })
    const old = noteOf([A, AUTHORITY_LEDGER].flatMap((name) => broker.stateOf(name)))
    broker.checkpoint()
    const { code, out } = await verifyIn(folder, [...broker.lines(), checkpointLine(old), KEYS_LINE])
    expect(code).toBe(0)
    expect(out).toContain('is not on record in the ledger: it is from before')
  })
})

describe('an entry that is chained well and does not fit its type', () => {
  test.each<[string, Record<string, string | number>, string]>([
    ['has a member missing', { type: 'published', replaces: '*', by: 'me' }, '(published): no member policy'],
    [
      'has one of another form',
      { type: 'refusals_counted', counted: 'x', minute: 'soon', refusals: 1 },
      '(refusals_counted): minute is no time',
    ],
    [
      'has one that was invented',
      { type: 'refusals_counted', counted: 'x', minute: '2026-11-22T00:00:00Z', refusals: 1, x: 1 },
      'unknown member "x"',
    ],
    ['has a type of the future', { type: 'teleported' }, 'no type "teleported" in version 1'],
  ])('%s and is told so, and breaks nothing', async (_, body, told) => {
    const { broker } = staged()
    broker.append(A, body)
    const note = broker.checkpoint()
    const { code, out, errors } = await verifyIn(folder, [...broker.lines(), checkpointLine(note), KEYS_LINE])
    expect(errors).toContain(`unfit: ${A} entry 4 `)
    expect(errors).toContain(told)
    expect(out).toContain('intact: ')
    expect(code).toBe(0)
  })
})

describe('a file', () => {
  test('of garbage ends soon, with few words', async () => {
    const lines = Array.from({ length: 5_000 }, (_, index) => `garbage ${index} \u001b[2J`)
    const { code, errors } = await verifyIn(folder, lines)
    expect(code).toBe(5)
    expect(errors).toContain('line 1 is not an entry of a ledger: it is no JSON')
    expect(errors).toContain('this is no export of a ledger, and was not read further')
    expect(errors.split('\n').length).toBeLessThan(30)
    expect(errors).not.toContain('\u001b')
  })

  test('of one line that does not end is not held whole', async () => {
    await writeFile(join(folder, 'long'), Buffer.alloc(40 * 1024 * 1024, 'x'))
    const io = testIo(folder)
    expect(await ledgerCommand(['verify', 'long'], io)).toBe(5)
    expect(io.errors()).toContain('line 1 is longer than 16 MiB')
  })

  test('that is empty is not intact, nor is a folder a file', async () => {
    expect((await verifyIn(folder, [])).code).toBe(2)
    const io = testIo(folder)
    expect(await ledgerCommand(['verify', '.'], io)).toBe(2)
  })

  test('with an entry whose text two readers could take differently is broken, though its hash is that of the text', async () => {
    const body = canonicalJson({ v: 1, ledger: A, seq: 1, at: '2026-11-22T00:00:00Z', type: 'teleported', prev: GENESIS_HASH })
    const text = body.replace('"type"', '"grant":"seen","grant":"hidden","type"')
    const hash = createHash('sha256').update(text).digest('hex')
    const { code, errors } = await verifyIn(folder, [`{"hash":"${hash}",${text.slice(1)}`])
    expect(code).toBe(5)
    expect(errors).toContain('line 1 is not an entry of a ledger')
  })

  test('that another tool wrote anew, members in another order, is as intact as before', async () => {
    const { broker } = staged()
    const note = broker.checkpoint()
    const lines = broker.lines().map((line) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(line)).reverse()), null, 0))
    expect((await verifyIn(folder, [...lines, checkpointLine(note), KEYS_LINE])).code).toBe(0)
    const spaced = broker.lines().map((line) => line.replaceAll('":', '": '))
    expect((await verifyIn(folder, [...spaced, checkpointLine(note), KEYS_LINE])).code).toBe(0)
  })

  test('of a later version is not judged by this one', async () => {
    const entry = { ...after(undefined, A, { type: 'published' }), v: 2 }
    const { code, errors } = await verifyIn(folder, [lineOf(entry)])
    expect(code).toBe(5)
    expect(errors).toContain('it is of version 2, and this jobpass knows version 1')
  })
})
