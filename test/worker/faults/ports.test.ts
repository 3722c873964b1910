/** Every call an exchange makes out of its isolate, failed in turn: before it arrives, after it arrived, and with the death of the isolate on either side of it. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { entriesOf } from '../harness.ts'
import { FAULTS, faultyIsolate, type PortFault } from './ports.ts'
import { ask, GRANTS, judgeOverTime, setStage } from './stage.ts'

afterEach(() => vi.useRealTimers())

/** The list to go through, from an exchange in which nothing fails. */
async function callsOf(grant: string): Promise<readonly string[]> {
  const stage = await setStage()
  const isolate = faultyIsolate()
  expect((await ask(stage, grant, isolate))?.status).toBe(200)
  expect(await judgeOverTime(stage)).toEqual([])
  return isolate.calls
}

describe.each(GRANTS)('an exchange for %s', (grant) => {
  it('calls what is expected to be called, so that none goes untried', async () => {
    expect(await callsOf(grant)).toEqual([
      'policyStore.activation',
      'policyStore.piece',
      'policyStore.piece',
      ...(grant === 'call-api' ? ['keys.signingKey', 'ledger.admit'] : ['ledger.admit', 'world.fetch', 'sealing.seal', 'ledger.settle']),
    ])
  })

  it.each(FAULTS)('holds whichever of its calls is %s', async (fault) => {
    const found: string[] = []
    for (const [at, call] of (await callsOf(grant)).entries()) {
      const { violations, answer } = await tryWith(grant, (index) => (index === at ? fault : undefined))
      if (fault === 'answer_lost_once' && call.startsWith('ledger') && answer?.status !== 200) found.push(`${call}: not tried again`)
      found.push(...violations.map((violation) => `${call}: ${violation}`))
    }
    expect(found).toEqual([])
  })

  it.each(['not_reached', 'answer_lost'] as const)('holds when from one of its calls on each is %s', async (fault) => {
    const found: string[] = []
    for (const [at, call] of (await callsOf(grant)).entries()) {
      const { violations } = await tryWith(grant, (index) => (index >= at ? fault : undefined))
      found.push(...violations.map((violation) => `${call}: ${violation}`))
    }
    expect(found).toEqual([])
  })

  it.each(FAULTS)('holds when the answer to its last call is lost and one of the calls that mend it is %s', async (fault) => {
    const at = (await callsOf(grant)).length - 1
    const found: string[] = []
    for (let more = 1, isMending = true; isMending; more++) {
      const { violations, calls } = await tryWith(grant, (index) =>
        index === at ? 'answer_lost' : index === at + more ? fault : undefined,
      )
      isMending = calls.length > at + more
      found.push(...violations.map((violation) => `${calls.slice(at).join(', ')}: ${violation}`))
    }
    expect(found).toEqual([])
  })
})

async function tryWith(grant: string, faultAt: (index: number) => PortFault | undefined) {
  const stage = await setStage()
  const isolate = faultyIsolate(faultAt)
  const answer = await ask(stage, grant, isolate)
  await Promise.all([ask(stage, grant), ask(stage, grant)])
  const outcomes = stage.answers.map((one) => one?.body.code ?? one?.status ?? 'none').join(' ')
  const violations = (await judgeOverTime(stage, { isCutOff: isolate.unheard.length > 1 })).map((violation) => `(${outcomes}) ${violation}`)
  return { violations, answer, calls: isolate.calls }
}

describe('a handle that cannot be sealed', () => {
  it('has its credential ended at once, and the failure on record', async () => {
    const stage = await setStage()
    const isolate = faultyIsolate((_index, name) => (name === 'sealing.seal' ? 'not_reached' : undefined))
    expect((await ask(stage, 'write-docs', isolate))?.body.code).toBe('ledger_unavailable')
    expect([stage.upstream.made.length, stage.upstream.live.size]).toEqual([1, 0])
    expect((await entriesOf(stage.world.ledger)).map(({ type, credential_end: end }) => end ?? type)).toEqual(['opened', 'revoked'])
    expect(await judgeOverTime(stage)).toEqual([])
  })
})
