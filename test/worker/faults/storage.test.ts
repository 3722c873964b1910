/** Every write of the ledger's storage, failed in turn, alone and with all that follow it; mended with the object still in memory, and with the object thrown away. */
import { evictDurableObject } from 'cloudflare:test'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { another, ask, GRANTS, judgeOverTime, ledgerOf, pass, setStage } from './stage.ts'
import { failingStorage } from './storage.ts'

afterEach(() => vi.useRealTimers())

const AFTERWARDS = ['stays in memory', 'is thrown away'] as const
const REACHES = ['one write', 'every write from one on'] as const

/** The writes of an exchange on a ledger that was used before: its name and activation are there. */
async function setUsed() {
  const stage = await setStage()
  await another(stage, 'call-api')
  return stage
}

async function writesOf(grant: string): Promise<readonly string[]> {
  const stage = await setUsed()
  const storage = await failingStorage(stage.world.ledger)
  expect((await ask(stage, grant))?.status).toBe(200)
  await storage.mend()
  return storage.writes
}

describe.each(GRANTS)('an exchange for %s', (grant) => {
  it('writes what is expected to be written, so that none goes untried', async () => {
    const admission = [
      'INSERT entry',
      'INSERT lease',
      'INSERT draw',
      'DELETE draw',
      'INSERT draw',
      ...(grant === 'write-docs' ? ['setAlarm'] : []),
      'sync',
    ]
    expect(await writesOf(grant)).toEqual([...admission, ...(grant === 'write-docs' ? ['UPDATE lease', 'INSERT entry'] : [])])
  })

  describe.each(AFTERWARDS)('by a ledger object that %s', (afterwards) => {
    it.each(REACHES)('holds whenever %s fails', async (reach) => {
      const found: string[] = []
      for (const [at, write] of (await writesOf(grant)).entries()) {
        const stage = await setUsed()
        const storage = await failingStorage(stage.world.ledger, (index) => (reach === 'one write' ? index === at : index >= at))
        await ask(stage, grant)
        await storage.mend()
        if (afterwards === 'is thrown away') await evictDurableObject(ledgerOf(stage))
        await Promise.all([ask(stage, grant), ask(stage, grant)])
        const outcomes = stage.answers.map((one) => one?.body.code ?? one?.status ?? 'none').join(' ')
        const isCutOff = reach !== 'one write'
        found.push(
          ...(await judgeOverTime(stage, { isCutOff, others: 1 })).map((violation) => `${at} ${write} (${outcomes}): ${violation}`),
        )
      }
      expect(found).toEqual([])
    })
  })
})

describe('the alarm', () => {
  it('ends every lease whichever of its writes fails', async () => {
    const stages = async () => {
      const stage = await setStage()
      for (const job of ['1', '2', '3']) await another(stage, 'write-docs', job)
      await pass(stage, 590)
      return stage
    }
    const healthy = await stages()
    const watched = await failingStorage(healthy.world.ledger)
    await pass(healthy, 60)
    await watched.mend()
    expect(watched.writes.filter((write) => write === 'DELETE lease')).toHaveLength(3)
    const found: string[] = []
    for (const [at, write] of watched.writes.entries()) {
      const stage = await stages()
      const storage = await failingStorage(stage.world.ledger, (index) => index === at)
      await pass(stage, 60)
      await storage.mend()
      await pass(stage, 120)
      if (stage.upstream.live.size > 0) found.push(`${at} ${write}: ${stage.upstream.live.size} credentials live on`)
    }
    expect(found).toEqual([])
  })

  it('ends the others when the row of one lease cannot be written, time after time', async () => {
    const stage = await setStage()
    for (let job = 1; job <= 25; job++) await another(stage, 'write-docs', String(job))
    let ends = 0
    const storage = await failingStorage(stage.world.ledger, (_index, write) => write === 'DELETE lease' && ends++ % 25 === 0)
    await pass(stage, 700)
    await storage.mend()
    expect(stage.upstream.live.size).toBe(0)
    await pass(stage, 700)
    expect(await judgeOverTime(stage, { others: 25 })).toEqual([])
  })
})

describe('an alarm that could not be set', () => {
  it('is set with the next exchange', async () => {
    const stage = await setStage()
    let alarms = 0
    const storage = await failingStorage(stage.world.ledger, (_index, write) => write === 'setAlarm' && alarms++ === 0)
    expect((await ask(stage, 'write-docs'))?.body.code).toBe('ledger_unavailable')
    expect((await another(stage, 'write-docs')).status).toBe(200)
    await storage.mend()
    expect(await judgeOverTime(stage, { others: 1 })).toEqual([])
    expect(stage.upstream.live.size).toBe(0)
  })
})
