/** Entries as large as a form can make them: reading them takes more calls, never a message that is too large to pass, and no part of the record is unreadable. */
import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../shared/json.ts'
import { appendEntry, readHead } from '../../worker/state/chain.ts'
import { type Answer, asRole, exchange, makeWorld, type World } from './harness.ts'

const ENTRIES = 700
/** Two bytes a character on the way between objects. */
const LARGE = 'ж'.repeat(30_000)

/** What workloads inside the fence can bring about: asks that narrow by as much as a form holds. */
async function fill(world: World): Promise<void> {
  await exchange(world)
  await runInDurableObject(env.LEDGER.getByName(world.ledger), (_, { storage }) => {
    storage.transactionSync(() => {
      let head = readHead(storage.sql)
      for (let n = 0; n < ENTRIES; n++) {
        const ask = canonicalJson({ asked: { scopes: [LARGE] }, attributes: { repository: 'acme/docs' }, jti: `${n}`, job: '1' })
        const body = { type: 'refused', code: 'limit_reached', grant: 'call-api', decision: `${n}`, issuer: 'github', run_id: '1' } as const
        const policy = 'sha256:0000000000000000000000000000000000000000000000000000000000000000' as const
        const next = appendEntry(storage.sql, head, { ledger: world.ledger, at: Date.now(), body: { ...body, policy }, ask })
        if (next === undefined) throw new Error('not appended')
        head = next
      }
    })
  })
  await evictDurableObject(env.LEDGER.getByName(world.ledger))
}

const linesOf = ({ text }: Answer): number[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): number => JSON.parse(line).seq)

describe('entries as large as a form can make them', () => {
  it('come in short pages, none left out', async () => {
    const world = await makeWorld()
    await fill(world)
    const seen: number[] = []
    let path: string | undefined = `/ledger?ledger=${encodeURIComponent(world.ledger)}`
    for (let pages = 0; path !== undefined && pages < 50; pages++) {
      const page = await asRole(world, 'auditor', path)
      expect([page.status, page.text.length < 20_000_000]).toEqual([200, true])
      seen.push(...linesOf(page))
      path = /<([^>]+)>/.exec(page.headers.get('link') ?? '')?.[1]
    }
    expect(seen).toEqual(Array.from({ length: ENTRIES + 1 }, (_, n) => n + 1))
  })

  it('keep no plan and no inventory from being made: the newest stand for all', async () => {
    const world = await makeWorld()
    await fill(world)
    const plan = await asRole(world, 'auditor', '/policy/plan', { method: 'POST', body: JSON.stringify(world.policy) })
    expect(plan).toMatchObject({ status: 200, body: { replay: { sampled: true } } })
    expect((await asRole(world, 'auditor', '/inventory')).status).toBe(200)
  })
})
