/** `revoke`, `freeze` and `thaw` on bad days: a broker that breaks off, does a share, is not everywhere, says no, or says what could steer a terminal. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { freezeCommand, freezesCommand, thawCommand } from '../../cli/commands/freeze.ts'
import { leasesCommand } from '../../cli/commands/leases.ts'
import { revokeCommand } from '../../cli/commands/revoke.ts'
import { brokerThatSays, json, lines, type Reply, run, type Stage } from './operator-stage.ts'

let stage: Stage | undefined
afterEach(() => {
  stage?.close()
  vi.unstubAllEnvs()
})

async function says(...replies: readonly Reply[]): Promise<Stage> {
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', '')
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', '')
  stage = await brokerThatSays(...replies)
  return stage
}

const lease = (id: string, type = 'ended', detail = 'revoked') => ({
  type,
  lease: id,
  ledger: 'v1:https://ci.example:1',
  grant: 'deploy',
  workload: 'docs',
  connection: 'app',
  kind: 'github-app',
  detail,
  expires_at: '2026-11-25T14:00:00Z',
})
const summary = (more: object = {}) => ({ type: 'summary', complete: true, unreachable: [], ...more })

const revoke = ({ broker }: Stage, ...more: string[]) =>
  run(revokeCommand, ['--grant', 'deploy', '--reason', 'drill', '--broker', broker, ...more])

describe('revoke', () => {
  test('tells each lease as it ends, then how many did, and ends with 0', async () => {
    const there = await says(lines([lease('a1'), lease('a2', 'ended', 'lives_on'), summary()]))
    const { code, out, errors } = await revoke(there)
    expect([code, errors]).toEqual([0, ''])
    expect(out).toBe(
      'ended         a1  deploy  docs  github-app  revoked\nended         a2  deploy  docs  github-app  lives on until 2026-11-25T14:00:00Z\n2 ended (of these, 1 beyond reach: working until their own end), 0 failed\n',
    )
    expect(there.asked).toMatchObject([{ method: 'POST', path: '/leases/revoke', bearer: 'Bearer token-1' }])
    expect(JSON.parse(there.asked[0]?.body ?? '')).toEqual({ grant: 'deploy', reason: 'drill' })
  })

  test('ends with 1 when something failed, and says that it can be repeated', async () => {
    const { code, out, errors } = await revoke(await says(lines([lease('a1', 'failed', 'server error'), lease('a2'), summary()])))
    expect(code).toBe(1)
    expect(out).toContain('failed        a1')
    expect(out).toContain('1 ended, 1 failed')
    expect(errors).toContain('tries the failed ones again')
  })

  test('goes on behind the last lease, with another token, when a call has done its share', async () => {
    const after = { ledger: 'v1:https://ci.example:1', lease: 'a2' }
    const there = await says(lines([lease('a1'), lease('a2'), summary({ complete: false, after })]), lines([lease('a3'), summary()]))
    const { code, out } = await revoke(there)
    expect([code, there.asked.length]).toEqual([0, 2])
    expect(out).toContain('3 ended, 0 failed')
    expect(JSON.parse(there.asked[1]?.body ?? '')).toMatchObject({ grant: 'deploy', after })
    expect(there.asked.map(({ bearer }) => bearer)).toEqual(['Bearer token-1', 'Bearer token-2'])
  })

  test('makes a call that broke off again, and counts no lease twice', async () => {
    const there = await says(lines([lease('a1'), lease('a2', 'failed')], true), lines([lease('a2'), summary()]))
    const { code, out, errors } = await revoke(there)
    expect([code, there.asked.length]).toEqual([0, 2])
    expect(out).toContain('2 ended, 0 failed')
    expect(errors).toContain('going on')
  })

  test('never takes a stream without its summary for done', async () => {
    const { code, errors } = await revoke(await says(lines([lease('a1')]), json(403, { title: 'Not allowed' })))
    expect(code).toBe(1)
    expect(errors).toContain('not every lease was tried')
  })

  test('names a ledger that did not answer, and ends with 1', async () => {
    const { code, errors } = await revoke(await says(lines([lease('a1'), summary({ complete: false, unreachable: ['v1:x:2'] })])))
    expect(code).toBe(1)
    expect(errors).toContain('the ledger v1:x:2 did not answer')
  })

  test.each<[string, Reply, string]>([
    ['says no', json(403, { title: 'Not allowed', detail: 'This takes the role operator.' }), 'This takes the role operator.'],
    ['knows no such issuer', json(404, { title: 'The active policy has no such issuer' }), '404'],
  ])('ends with 2 when the broker %s', async (_name, reply, said) => {
    const { code, out, errors } = await revoke(await says(reply))
    expect([code, out]).toEqual([2, ''])
    expect(errors).toContain(said)
  })

  test('prints the lines as they came, and a summary, as JSON', async () => {
    const { out } = await revoke(await says(lines([lease('a1'), summary()])), '--format', 'json')
    const [first, last] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(first).toEqual(lease('a1'))
    expect(last).toEqual({ type: 'summary', ended: 1, failed: 0, lives_on: 0, incomplete: '', unreachable: [] })
  })

  test('in a terminal runs a counter, and lists only what somebody must act on', async () => {
    const there = await says(lines([lease('a1'), lease('a2'), lease('a3', 'failed'), summary()]))
    const args = ['--all', '--reason', 'drill', '--broker', there.broker]
    const { code, out, errors } = await run(revokeCommand, args, true)
    expect(code).toBe(1)
    expect(errors).toContain('2 ended, 1 failed …')
    expect(out).not.toContain('a1')
    expect(out).toContain('failed        a3')
  })

  test('lets nothing a broker says steer the terminal', async () => {
    const there = await says(lines([{ ...lease('a1'), workload: 'x\u001b[2J\r' }, summary({ complete: false, problem: '\u001b[31mx' })]))
    const { out, errors } = await revoke(there)
    expect(out + errors).not.toContain('\u001b')
  })

  test.each([
    [['--reason', 'x'], 'which leases'],
    [['--all', '--grant', 'x', '--reason', 'x'], 'not both'],
    [['--all'], '--reason is missing'],
    [['--all', '--reason', 'x', '--format', 'xml'], '--format'],
    [['--all', '--resaon', 'x'], 'did you mean "--reason"'],
  ])('asks nobody when its words do not say what is meant: %j', async (args, said) => {
    const there = await says(json(500, {}))
    const { code, errors } = await run(revokeCommand, [...args, '--broker', there.broker])
    expect([code, there.asked]).toEqual([2, []])
    expect(errors).toContain(said)
  })
})

const NOT_YET = json(503, { title: 'Not in force everywhere yet', recorded: true }, { 'retry-after': '0' })
const UNREACHABLE = json(503, { title: 'The policy store cannot be reached' })

describe('freeze and thaw', () => {
  test('ask again until every ledger has it', async () => {
    const there = await says(NOT_YET, json(200, { froze: {} }))
    const { code, out, errors } = await run(freezeCommand, ['--grant', 'deploy', '--reason', 'drill', '--broker', there.broker])
    expect([code, out]).toEqual([0, 'frozen: grant deploy, on every ledger\n'])
    expect(errors).toContain('Not in force everywhere yet')
    expect(there.asked.map(({ method, bearer }) => [method, bearer])).toEqual([
      ['PUT', 'Bearer token-1'],
      ['PUT', 'Bearer token-2'],
    ])
    expect(JSON.parse(there.asked[0]?.body ?? '')).toEqual({ target: 'grant', name: 'deploy', reason: 'drill' })
  })

  test('warn of a name that the active policy does not have', async () => {
    const there = await says(json(200, { froze: {}, unknown: true }))
    const { code, out, errors } = await run(freezeCommand, ['--grant', 'deplyo', '--reason', 'drill', '--broker', there.broker])
    expect([code, out]).toEqual([0, 'frozen: grant deplyo, on every ledger\n'])
    expect(errors).toContain('the active policy has no grant deplyo')
  })

  test('say clearly that it is recorded and not everywhere, and end with 1', async () => {
    const there = await says(NOT_YET)
    const args = ['--all', '--reason', 'drill', '--wait', '1s', '--broker', there.broker]
    const { code, out } = await run(freezeCommand, args)
    expect(code).toBe(1)
    expect(out).toContain('frozen: everything, but some ledgers have not confirmed')
    const told = await run(freezeCommand, [...args, '--format', 'json'])
    expect(JSON.parse(told.out)).toEqual({ frozen: { target: 'all' }, everywhere: false })
  })

  test('end with 2 when nothing was done at all', async () => {
    const there = await says(UNREACHABLE)
    const { code, out, errors } = await run(freezeCommand, ['--all', '--reason', 'x', '--wait', '1s', '--broker', there.broker])
    expect([code, out]).toEqual([2, ''])
    expect(errors).toContain('cannot be reached')
    expect(there.asked.length).toBeGreaterThan(1)
  })

  test('take a freeze that is gone at the second call for thawed, and one that never was for a mistake', async () => {
    const gone = json(404, { title: 'No such freeze is in force' })
    const there = await says(NOT_YET, gone)
    expect((await run(thawCommand, ['--kind', 'jwt', '--broker', there.broker])).out).toBe('thawed: kind jwt, on every ledger\n')
    there.close()
    const { code, errors } = await run(thawCommand, ['--kind', 'jwt', '--broker', (await says(gone)).broker])
    expect(code).toBe(2)
    expect(errors).toContain('No such freeze')
  })

  test.each([
    [['--reason', 'x'], 'one of --workload'],
    [['--all', '--grant', 'x', '--reason', 'x'], 'not both'],
    [['--grant', 'x', '--kind', 'y', '--reason', 'x'], 'one of --workload'],
    [['--grant', 'x', '--reason', 'x', '--wait', 'long'], '--wait'],
    [['--grant', 'x'], '--reason is missing'],
  ])('ask nobody when the words do not say what is meant: %j', async (args, said) => {
    const there = await says(json(200, {}))
    const { code, errors } = await run(freezeCommand, [...args, '--broker', there.broker])
    expect([code, there.asked]).toEqual([2, []])
    expect(errors).toContain(said)
  })
})

describe('lists', () => {
  test.each([
    ['leases', leasesCommand],
    ['freezes', freezesCommand],
  ])('%s ends with 2 when the answer cannot be read', async (_name, command) => {
    const there = await says(json(200, { hello: 1 }))
    const { code, out, errors } = await run(command, ['--broker', there.broker])
    expect([code, out]).toEqual([2, ''])
    expect(errors).toContain('nothing that can be read')
  })

  test('leases says when it is not all', async () => {
    const there = await says(json(200, { leases: [], truncated: true, unreachable: ['v1:x:1'] }))
    const { code, errors } = await run(leasesCommand, ['--broker', there.broker, '--run', '7'])
    expect([code, there.asked[0]?.path]).toEqual([1, '/leases?run=7'])
    expect(errors).toMatch(/more than these 1 000[\s\S]*v1:x:1 did not answer/)
  })
})
