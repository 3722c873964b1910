/** Reading the ledger by what one looks for: filters that hold exactly, pages that end somewhere and say where, checkpoints that are entries. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { othersDigest, readCheckpoint } from '../../shared/checkpoint.ts'
import { contradictions } from '../../shared/checkpoint-fork.ts'
import type { JsonObject } from '../../shared/json.ts'
import { signedCheckpoint } from '../../worker/checkpoint.ts'
import { searchEntries } from '../../worker/state/entry-search.ts'
import type { LedgerPort } from '../../worker/state/ledger-port.ts'
import { type Answer, asRole, entriesOf, exchange, type Isolate, makeWorld, startIsolate, type World } from './harness.ts'

let world: World
let all: JsonObject[]

beforeAll(async () => {
  world = await makeWorld()
  await exchange(world, { claims: { run_id: '111' } })
  await exchange(world, { claims: { run_id: '222' } })
  await exchange(world, { claims: { run_id: '111', ref: 'refs/heads/x' } })
  await exchange(world, { grant: 'nobody-has-it', claims: { run_id: '333', environment: '"run_id":"111"' } })
  all = await entriesOf(world.ledger)
})

async function ask(query: Readonly<Record<string, string>>): Promise<Answer> {
  return asRole(world, 'auditor', `/ledger?${new URLSearchParams({ ledger: world.ledger, ...query })}`)
}

const seqs = ({ text }: Answer): number[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).seq)

const where = (member: string, value: unknown): number[] => all.filter((entry) => entry[member] === value).map(({ seq }) => Number(seq))

describe('GET /ledger with a filter', () => {
  it('has something to find', () => expect(all.map(({ type }) => type)).toEqual(['issued', 'issued', 'refused', 'refused']))

  it.each([
    ['run', 'run_id', '111', 2],
    ['run', 'run_id', '11', 0],
    ['type', 'type', 'refused', 2],
    ['grant', 'grant', 'nobody-has-it', 1],
    ['workload', 'workload', 'docs', 2],
  ])('%s gives the entries whose %s is %s, and no other', async (parameter, member, value, count) => {
    expect(seqs(await ask({ [parameter]: value }))).toEqual(where(member, value))
    expect(where(member, value)).toHaveLength(count)
  })

  it('of a lease or a decision gives that one', async () => {
    const [first, second] = all
    expect(seqs(await ask({ lease: String(first?.lease) }))).toEqual([1])
    expect(seqs(await ask({ decision: String(second?.decision) }))).toEqual([2])
  })

  it('of several gives what fits all of them', async () => {
    expect(seqs(await ask({ run: '111', type: 'refused' }))).toEqual([3])
  })

  it('of a time gives what was written then, both ends included', async () => {
    const at = (seq: number): string => String(all[seq - 1]?.at)
    const between = (since: string, until: string): number[] =>
      all.filter((entry) => String(entry.at) >= since && String(entry.at) <= until).map(({ seq }) => Number(seq))
    expect(seqs(await ask({ since: at(2), until: at(3) }))).toEqual(between(at(2), at(3)))
    expect(seqs(await ask({ since: '2999-01-01' }))).toEqual([])
    expect(seqs(await ask({ until: '2001-01-01T00:00:00+02:00' }))).toEqual([])
    expect(seqs(await ask({ since: '2001-01-01' }))).toEqual([1, 2, 3, 4])
  })

  it('goes on where the answer says, and nowhere when there is no more', async () => {
    const found: number[] = []
    let link: string | null = `</ledger?${new URLSearchParams({ ledger: world.ledger, type: 'refused', limit: '1' })}>`
    for (let pages = 0; link !== null && pages < 10; pages++) {
      const answer: Answer = await asRole(world, 'auditor', /^<(.*)>/.exec(link)?.[1] ?? '')
      found.push(...seqs(answer))
      link = answer.headers.get('link')
    }
    expect(found).toEqual(where('type', 'refused'))
    expect(link).toBe(null)
  })

  it.each([
    ['grnat=call-api', 'grnat'],
    ['since=yesterday', 'since'],
    ['since=2026-02-31T25:00:00Z', 'since'],
    ['limit=0', 'limit'],
    ['limit=10001', 'limit'],
    ['after=nowhere', 'after'],
    ['run=1&run=2', 'twice'],
  ])('is refused when it is not clear: %s', async (query, named) => {
    const before = (await entriesOf('v1:authorities')).length
    const answer = await asRole(world, 'auditor', `/ledger?${query}`)
    expect(answer.status).toBe(400)
    expect(String(answer.body.detail)).toContain(named)
    expect((await entriesOf('v1:authorities')).length).toBe(before)
  })

  it('is on record with what was asked for', async () => {
    await ask({ run: '111' })
    const [last] = (await entriesOf('v1:authorities')).slice(-1)
    expect(last).toMatchObject({ action: 'read_ledger', filter: JSON.stringify({ ledger: world.ledger, run: '111' }) })
  })
})

describe('one call for one ledger', () => {
  const COUNT = 20_050
  /** A ledger of many rows, an hour apart, each with a number of its own. */
  const FILL = `WITH RECURSIVE row (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM row WHERE n < ${COUNT})
    INSERT INTO entry (seq, hash, body) SELECT n, 'h',
      '{"at":"' || strftime('%Y-%m-%dT%H:%M:%S', 1700000000 + n * 3600, 'unixepoch') || '.000Z","counted":"' || n || '","padding":"' || hex(zeroblob(300)) || '"}' FROM row`

  it('looks at a bounded number of rows and says how far it came; a time is found at once', async () => {
    await runInDurableObject(env.LEDGER.getByName('v1:https://many.example:1'), (_instance, { storage: { sql } }) => {
      sql.exec(FILL)
      const rare = { counted: String(COUNT - 1) }
      const first = searchEntries(sql, COUNT, { after: 0, limit: 10, members: rare })
      expect(first).toEqual({ lines: [], last: 20_000, isEnd: false })
      const second = searchEntries(sql, COUNT, { after: first.last, limit: 10, members: rare })
      expect([second.lines.length, second.last, second.isEnd]).toEqual([1, COUNT, true])
      const since = new Date((1_700_000_000 + 15_000 * 3600) * 1000).toISOString()
      const until = new Date((1_700_000_000 + 15_003 * 3600) * 1000).toISOString()
      const span = searchEntries(sql, COUNT, { after: 0, limit: 10, since, until, members: {} })
      expect(span.lines.map((line) => JSON.parse(line).counted)).toEqual(['15000', '15001', '15002', '15003'])
      expect(span.isEnd).toBe(true)
      expect(searchEntries(sql, COUNT, { after: COUNT + 5, limit: 10, members: {} })).toEqual({ lines: [], last: COUNT + 5, isEnd: true })
    })
  })
})

describe('a checkpoint', () => {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64')

  it('ends with the entry that records it', async () => {
    const answer = await asRole(world, 'auditor', '/ledger/checkpoint')
    const read = readCheckpoint(answer.text, sha256)
    if (!read.ok) throw new Error(read.error)
    const { ledgers } = read.value.checkpoint
    const record = (await entriesOf('v1:authorities')).at(-1)
    expect(ledgers.find(({ ledger }) => ledger === 'v1:authorities')).toEqual({
      ledger: 'v1:authorities',
      seq: record?.seq,
      hash: record?.hash,
    })
    expect(record).toMatchObject({ type: 'checkpointed', others: othersDigest(ledgers, sha256), ledgers: ledgers.length - 1 })
  })

  it('made while others are made and entries are written contradicts none of them', async () => {
    const writing = Array.from({ length: 10 }, () => exchange(world))
    const notes = await Promise.all(Array.from({ length: 4 }, () => signedCheckpoint(startIsolate().deps)))
    await Promise.all(writing)
    const read = notes.map((note, index) => {
      const signed = readCheckpoint(note, sha256)
      if (!signed.ok) throw new Error(signed.error)
      return { name: String(index), checkpoint: signed.value.checkpoint }
    })
    for (const one of read) for (const other of read) if (one !== other) expect(contradictions(one, other)).toEqual([])
    expect(new Set(notes).size).toBe(4)
  })

  /** An isolate whose recording of checkpoints goes another way. */
  function recordingThrough(record: LedgerPort['recordCheckpoint']): Isolate {
    return startIsolate({
      ledger: (name) => {
        const port: LedgerPort = env.LEDGER.getByName(name)
        const other: Partial<LedgerPort> = { head: () => port.head(), recordCheckpoint: record }
        return new Proxy(port, { get: (target, member) => Reflect.get(other, member) ?? Reflect.get(target, member) })
      },
    })
  }

  it('reads every ledger again when another checkpoint was recorded meanwhile', async () => {
    const authorities: LedgerPort = env.LEDGER.getByName('v1:authorities')
    let meanwhile: string | undefined
    const isolate = recordingThrough(async (record) => {
      if (meanwhile === undefined) {
        await exchange(world)
        meanwhile = await signedCheckpoint(startIsolate().deps)
      }
      return authorities.recordCheckpoint(record)
    })
    const read = [await signedCheckpoint(isolate.deps), meanwhile ?? ''].map((note, index) => {
      const signed = readCheckpoint(note, sha256)
      if (!signed.ok) throw new Error(signed.error)
      return { name: String(index), checkpoint: signed.value.checkpoint }
    })
    const [one, two] = read
    if (one === undefined || two === undefined) throw new Error('two were made')
    expect(contradictions(one, two)).toEqual([])
    expect(one.checkpoint.entries).toBeGreaterThan(two.checkpoint.entries)
  })

  it('is not signed when others are always recorded first', async () => {
    let tries = 0
    const isolate = recordingThrough(() => {
      tries++
      return Promise.resolve('overtaken')
    })
    const answer = await asRole(world, 'auditor', '/ledger/checkpoint', {}, isolate)
    expect([answer.status, tries]).toEqual([503, 5])
    expect(answer.text).not.toContain('—')
  })
})
