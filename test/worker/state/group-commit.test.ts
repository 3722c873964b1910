/** Several admissions in one commit: nobody's outcome depends on whose company it was written in. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { groupCommit } from '../../../worker/state/group-commit.ts'
import { type Answer, entriesOf, exchange, makeWorld, rowsOf, type World } from '../harness.ts'

/** A store that writes down the groups it was given and is durable when told. */
function store() {
  const groups: (readonly string[])[] = []
  const commits: { done: () => void; failed: (fault: Error) => void }[] = []
  const ask = groupCommit<string, string>({
    write: (asks) => {
      if (asks.includes('bad')) throw new Error('not written')
      groups.push(asks)
      return asks.map((one) => `${one} written`)
    },
    durable: () => new Promise((done, failed) => void commits.push({ done, failed })),
  })
  return { ask, groups, commits }
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('what arrives while a commit is under way', () => {
  it('is written together in the next one, in order', async () => {
    const { ask, groups, commits } = store()
    const answers = ['a', 'b', 'c'].map(ask)
    expect(groups).toEqual([['a']])
    commits[0]?.done()
    await turn()
    expect(groups).toEqual([['a'], ['b', 'c']])
    commits[1]?.done()
    expect(await Promise.all(answers)).toEqual(['a written', 'b written', 'c written'])
  })

  it('is not answered before it is durable', async () => {
    const { ask, commits } = store()
    let answered = false
    const answer = ask('a').then(() => {
      answered = true
    })
    await turn()
    expect(answered).toBe(false)
    commits[0]?.done()
    await answer
  })

  it('fails with its commit, and the next commit is its own', async () => {
    const { ask, commits } = store()
    const answers = Promise.allSettled([ask('a'), ask('b')])
    commits[0]?.failed(new Error('the disk is full'))
    await turn()
    commits[1]?.done()
    expect((await answers).map(({ status }) => status)).toEqual(['rejected', 'fulfilled'])
  })

  it('is written without the one that cannot be', async () => {
    const { ask, groups, commits } = store()
    const answers = Promise.allSettled(['a', 'b', 'bad', 'c'].map(ask))
    commits[0]?.done()
    await turn()
    expect(groups).toEqual([['a'], ['b'], ['c']])
    commits[1]?.done()
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  })
})

/** From now on the ledger's store refuses the rows a condition names. */
async function refuseRows(world: World, table: 'entry' | 'lease', condition: string): Promise<void> {
  await runInDurableObject(env.LEDGER.getByName(world.ledger), (_, { storage }) => {
    storage.sql.exec(`CREATE TRIGGER full BEFORE INSERT ON ${table} WHEN ${condition} BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`)
  })
}

describe('one exchange in many whose rows cannot be written', () => {
  it.each([
    ['entry', 'new.body LIKE \'%refs/heads/main%\' AND new.body LIKE \'%"reason":"the one"%\''],
    ['lease', "new.job = '666'"],
  ] as const)('fails alone when its %s is refused, and leaves nothing behind', async (table, condition) => {
    const world = await makeWorld()
    await exchange(world)
    await refuseRows(world, table, condition)
    const asks = Array.from({ length: 40 }, (_, n) =>
      exchange(world, n === 17 ? { claims: { check_run_id: '666' }, form: { reason: 'the one' } } : {}),
    )
    const answers: Answer[] = await Promise.all(asks)
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(39)
    expect(answers[17]).toMatchObject({ status: 503, body: { code: 'ledger_unavailable' } })
    expect(await rowsOf(world.ledger, 'lease')).toHaveLength(40)
    const entries = await entriesOf(world.ledger)
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1))
    expect(JSON.stringify(entries)).not.toContain('the one')
  })
})
