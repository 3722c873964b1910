/** The ledger as an auditor takes it home: every page in order, a chain that holds, and a checkpoint that the published key signed. */

import { env } from 'cloudflare:workers'
import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { noteKeyId, readCheckpoint } from '../../shared/checkpoint.ts'
import { type Entry, entrySchema, follow, GENESIS_HASH, type LedgerHead } from '../../shared/ledger.ts'
import { serveApp } from './app-upstream.ts'
import { answerOf, asRole, exchange, makeWorld, ORIGIN, tokenOf, type World } from './harness.ts'

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')
const sha256Base64 = (text: string): string => createHash('sha256').update(text).digest('base64')

let world: World

beforeAll(async () => {
  const other = await makeWorld()
  await exchange(other)
  await exchange(other, { claims: { ref: 'refs/heads/x', environment: 'Größe "生産" 😀 \\' } })
  world = await makeWorld()
  serveApp(world.outside)
  const drawn = await exchange(world, { grant: 'write-docs', form: { reason: 'because "of" 😀' } })
  await world.isolate.fetch('/revoke', { method: 'POST', body: new URLSearchParams({ token: String(drawn.body.access_token) }) })
  for (let n = 0; n < 7; n++) await exchange(world)
  const token = await tokenOf(world)
  await exchange(world, { token })
  await exchange(world, { token })
  await exchange(world, { grant: '\ud83d\ude00'.repeat(40) })
})

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '')
const read = (line: string): Entry => entrySchema.parse(JSON.parse(line))

async function page(after: string | undefined, limit: number): Promise<string[]> {
  const query = new URLSearchParams({ limit: String(limit), ...(after === undefined ? {} : { after }) })
  const answer = await asRole(world, 'auditor', `/ledger?${query}`)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson'])
  return linesOf(answer.text)
}

/** Everything but the authorities' own ledger, which grows with every page read. */
async function everything(limit: number): Promise<string[]> {
  const lines: string[] = []
  for (let after: string | undefined = 'v1:authorities:999999'; ; ) {
    const next = await page(after, limit)
    if (next.length === 0) return lines
    expect(next.length).toBeLessThanOrEqual(limit)
    lines.push(...next)
    const last = read(next.at(-1) ?? '')
    after = `${last.ledger}:${last.seq}`
  }
}

function heads(entries: readonly Entry[]): Map<string, LedgerHead> | string {
  const known = new Map<string, LedgerHead>()
  for (const entry of entries) {
    const next = follow(known.get(entry.ledger) ?? { seq: 0, hash: GENESIS_HASH }, entry, sha256Hex)
    if (!next.ok) return next.error.problem
    known.set(entry.ledger, next.value)
  }
  return known
}

describe('GET /ledger', () => {
  it('gives the same lines in the same order whatever the size of a page', async () => {
    const whole = await everything(10_000)
    expect(whole.length).toBeGreaterThan(12)
    for (const limit of [1, 3, 5]) expect(await everything(limit)).toEqual(whole)
    const order = whole.map(read).map(({ ledger, seq }) => [ledger, seq] as const)
    const sorted = [...order].sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x - y))
    expect(order).toEqual(sorted)
  })

  it('begins with the first ledger by name, which is that of the authorities', async () => {
    const [first] = await page(undefined, 1)
    expect(read(first ?? '')).toMatchObject({ ledger: 'v1:authorities', seq: 1 })
    const [next] = await page('v1:authorities:1', 1)
    expect(read(next ?? '')).toMatchObject({ ledger: 'v1:authorities', seq: 2 })
  })

  it('goes on from a ledger that is not there with the next one, and ends after the last', async () => {
    expect(read((await page('v1:b:7', 1))[0] ?? '').seq).toBe(1)
    expect(await page('v2:0', 10)).toEqual([])
  })

  it.each(['after=x', 'after=:1', 'after=x:-1', 'after=x:1.5', 'limit=0', 'limit=-1', 'limit=x', 'limit=10001', 'limit=1e3'])(
    'refuses the page %s',
    async (query) => {
      expect((await asRole(world, 'auditor', `/ledger?${query}`)).status).toBe(400)
    },
  )

  it('gives chains that hold, each to the head its object knows', async () => {
    const known = heads((await everything(1000)).map(read))
    if (typeof known === 'string') throw new Error(known)
    expect(known.get(world.ledger)).toEqual(await env.LEDGER.getByName(world.ledger).head())
  })

  it('gives lines none of which can be edited unseen', async () => {
    const own = (await everything(1000)).map(read).filter(({ ledger }) => ledger === world.ledger)
    const head = JSON.stringify(await env.LEDGER.getByName(world.ledger).head())
    fc.assert(
      fc.property(fc.nat({ max: own.length - 1 }), fc.nat(), fc.jsonValue({ maxDepth: 1 }), (index, which, value) => {
        const entry = own[index]
        if (entry === undefined) return
        const names = Object.keys(entry)
        const name = names[which % names.length] ?? 'at'
        const plain: unknown = JSON.parse(JSON.stringify(value))
        fc.pre(JSON.stringify(entry[name]) !== JSON.stringify(plain))
        const edited = entrySchema.safeParse({ ...entry, [name]: plain })
        if (!edited.success) return
        const known = heads(own.with(index, edited.data))
        expect(typeof known === 'string' || JSON.stringify(known.get(world.ledger)) !== head).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('GET /ledger/checkpoint', () => {
  const key = z.looseObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string() })

  it('states every ledger as it stands, signed by the Ed25519 key of the key set', async () => {
    const answer = await asRole(world, 'auditor', '/ledger/checkpoint')
    expect(answer.headers.get('content-type')).toContain('text/plain')
    const note = readCheckpoint(answer.text, sha256Base64)
    if (!note.ok) throw new Error(note.error)
    const known = heads((await everything(1000)).map(read))
    if (typeof known === 'string') throw new Error(known)
    for (const { ledger, seq, hash } of note.value.checkpoint.ledgers) {
      if (ledger !== 'v1:authorities') expect(known.get(ledger)).toEqual({ seq, hash })
    }
    expect(note.value.checkpoint.origin).toBe(ORIGIN)
    expect(note.value.checkpoint.ledgers.map(({ ledger }) => ledger)).toEqual(expect.arrayContaining([world.ledger, 'v1:authorities']))

    const { body } = await answerOf(await world.isolate.fetch('/.well-known/jwks.json'))
    const keys = z.array(z.looseObject({ kty: z.string() })).parse(body.keys)
    const [published] = keys.filter(({ kty }) => kty === 'OKP').map((jwk) => key.parse(jwk))
    const raw = new Uint8Array(Buffer.from(published?.x ?? '', 'base64url'))
    const [signature] = note.value.signatures
    const blob = new Uint8Array(Buffer.from(signature?.blob ?? '', 'base64'))
    const keyId = noteKeyId('jobpass.example.com', raw, (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()))
    expect([signature?.keyName, [...blob.slice(0, 4)]]).toEqual(['jobpass.example.com', [...keyId]])
    const verifier = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify'])
    const verify = (text: string) => crypto.subtle.verify('Ed25519', verifier, blob.slice(4), new TextEncoder().encode(text))
    expect(await verify(note.value.body)).toBe(true)
    expect(await verify(note.value.body.replace(/\d+/, '1'))).toBe(false)
  })
})
