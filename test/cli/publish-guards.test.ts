/** Force, rollback, history and the second person, as people at a terminal have them, with a real broker. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Command } from '../../cli/command.ts'
import { confirmCommand } from '../../cli/commands/confirm.ts'
import { freezeCommand, freezesCommand, thawCommand } from '../../cli/commands/freeze.ts'
import { historyCommand } from '../../cli/commands/history.ts'
import { proposalsCommand } from '../../cli/commands/proposals.ts'
import { publishCommand } from '../../cli/commands/publish.ts'
import { DevProcess, EXAMPLE_POLICY } from './dev-process.ts'
import { testIo } from './io.ts'

let dev: DevProcess
let folder: string
let policy: string

const MORE = ['a', 'b', 'c', 'd', 'e']

function grantsYaml(): string {
  const lines = MORE.flatMap((name) => [
    `  more-${name}:`,
    '    { purpose: tests, owner: team-docs, connection: acme-api, ttl: 5m, scope: { scopes: [x] },',
    '      allow: [{ workload: docs-site, ref: refs/heads/main }] }',
  ])
  return `grants:\n${lines.join('\n')}\n`
}

async function setUp(...args: string[]): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
  policy = join(folder, 'policy')
  await cp(EXAMPLE_POLICY, policy, { recursive: true })
  await writeFile(join(policy, 'more.yaml'), grantsYaml())
  await cp(policy, join(folder, 'served'), { recursive: true })
  dev = await DevProcess.ready([join(folder, 'served'), ...args])
}

async function tearDown(): Promise<void> {
  await dev.stop()
  await rm(folder, { recursive: true, force: true })
}

beforeEach(() => {
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', dev.line.idTokenRequestUrl)
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', dev.line.idTokenRequestToken)
})

afterEach(() => vi.unstubAllEnvs())

interface Said {
  readonly code: number
  readonly out: string
  readonly errors: string
}

async function run(command: Command, role: string, args: readonly string[], person: Record<string, string> = {}): Promise<Said> {
  await dev.job({ iss: dev.line.issuer, repository: `jobpass/${role}`, ...person })
  const io = testIo(folder)
  const code = await command([...args, '--broker', dev.line.broker], io)
  return { code, out: io.out(), errors: io.errors() }
}

const publish = (args: readonly string[], person?: Record<string, string>): Promise<Said> => run(publishCommand, 'publisher', args, person)
const history = async () => JSON.parse((await run(historyCommand, 'auditor', ['--format', 'json'])).out).publications
const active = async (): Promise<unknown> => (await dev.health()).body.policy

describe('with the guard that every broker has', () => {
  beforeAll(() => setUp())
  afterAll(tearDown)

  test('a policy that takes too much away is refused by name, and published with a reason', async () => {
    await rm(join(policy, 'more.yaml'))
    const before = await active()
    const refused = await publish(['policy'])
    expect([refused.code, refused.out, await active()]).toEqual([4, '', before])
    expect(refused.errors).toContain('409: The policy takes too much away: 5 of 7 grants would be gone for everybody; 3 may go at once')
    expect(refused.errors).toContain('grants.more-a: error grant-removed')
    const forced = await publish(['policy', '--force', 'the team is gone'])
    expect([forced.code, forced.out]).toEqual([0, `${await active()}\n`])
    expect((await history())[0]).toMatchObject({ policy: await active(), replaced: before, forced: 'the team is gone' })
  })

  test('history is told in lines, and rollback needs no source', async () => {
    const [, earlier] = await history()
    const text = await run(historyCommand, 'auditor', [])
    expect(text.out).toMatch(/^20\S+Z sha256:[0-9a-f]{64} by jobpass\/publisher@refs\/heads\/main\n {2}replaced sha256:/)
    expect(text.out).toContain('  the first\n')
    const back = await publish(['--rollback', earlier.policy])
    expect(back).toEqual({ code: 0, out: `${earlier.policy}\n`, errors: '' })
    expect(await active()).toBe(earlier.policy)
    expect((await run(historyCommand, 'auditor', ['--limit', '1'])).out).toMatch(/older ones: --before [0-9]+\n$/)
  })

  test.each([
    [['--rollback', 'yesterday'], 2, '--rollback: sha256:…'],
    [['policy', '--rollback', `sha256:${'0'.repeat(64)}`], 2, 'unexpected "policy"'],
    [['--rollback', `sha256:${'0'.repeat(64)}`], 4, 'No such policy'],
    [[], 2, 'DIR is missing'],
  ])('publish %j does nothing', async (args, code, said) => {
    const before = await active()
    const answer = await publish(args)
    expect([answer.code, answer.out]).toEqual([code, ''])
    expect(answer.errors).toContain(said)
    expect(await active()).toBe(before)
  })

  test('history is for auditors', async () => {
    const answer = await run(historyCommand, 'publisher', [])
    expect([answer.code, answer.out]).toEqual([4, ''])
    expect(answer.errors).toContain('403')
  })

  test('dev itself publishes whatever its folder holds', async () => {
    await rm(join(folder, 'served', 'more.yaml'))
    await vi.waitFor(() => expect(dev.stderr()).toContain('Published sha256:'), { timeout: 20_000 })
    expect((await history())[0]).toMatchObject({ forced: expect.stringContaining('jobpass dev') })
  })
})

test('dev takes no act of two people that there is not', async () => {
  const refused = new DevProcess([EXAMPLE_POLICY, '--two-person', 'freeze'])
  expect([await refused.exited, refused.stderr()]).toEqual([2, expect.stringContaining('--two-person: thaw, widen or thaw,widen')])
})

describe('with two people for what loosens', () => {
  const ANNA = { actor: 'anna', actor_id: '101' }
  const BERT = { actor: 'bert', actor_id: '102' }
  beforeAll(() => setUp('--two-person', 'thaw,widen'))
  afterAll(tearDown)

  test('publish says what to do next, and confirm by another person does it', async () => {
    const file = join(policy, 'more.yaml')
    await writeFile(file, (await readFile(file, 'utf8')).replace('ttl: 5m', 'ttl: 9m'))
    const before = await active()
    const proposed = await publish(['policy'], ANNA)
    expect([proposed.code, proposed.out, await active()]).toEqual([6, '', before])
    expect(proposed.errors).toContain('Nothing is changed yet')
    const [, id = ''] = /jobpass confirm ([0-9a-f]{32}) --broker http/.exec(proposed.errors) ?? []
    const waiting = await run(proposalsCommand, 'auditor', [])
    expect(waiting.out).toMatch(new RegExp(`^${id} until 20.*\n {2}publish sha256:.* in place of ${before} \\(Widens 1 grant\\)\n$`))
    const same = await run(confirmCommand, 'publisher', [id], ANNA)
    expect([same.code, await active()]).toEqual([4, before])
    expect(same.errors).toContain('another person must')
    const other = await run(confirmCommand, 'publisher', [id], BERT)
    expect([other.code, other.errors]).toEqual([0, ''])
    expect(other.out).toContain(`Done, as jobpass/publisher@refs/heads/main (anna, id 101) proposed: publish ${await active()}`)
    expect(await active()).not.toBe(before)
    expect((await run(proposalsCommand, 'auditor', [])).errors).toBe('Nothing waits for a second person.\n')
  })

  test('thaw says so too, and the freeze holds until another person confirms', async () => {
    const target = ['--grant', 'call-internal-api']
    expect((await run(freezeCommand, 'operator', [...target, '--reason', 'drill'], ANNA)).code).toBe(0)
    const proposed = await run(thawCommand, 'operator', target, ANNA)
    expect([proposed.code, proposed.errors]).toEqual([6, ''])
    const [, id = ''] = /jobpass confirm ([0-9a-f]{32}) --broker http/.exec(proposed.out) ?? []
    expect((await run(freezesCommand, 'operator', [], ANNA)).out).toContain('call-internal-api')
    expect((await run(confirmCommand, 'operator', [id], BERT)).code).toBe(0)
    expect((await run(freezesCommand, 'operator', [], ANNA)).out).toBe('nothing is frozen\n')
  })

  test.each([
    [['x'], 2],
    [['0'.repeat(32)], 4],
    [[], 2],
  ])('confirm %j does nothing', async (args, code) => {
    expect((await run(confirmCommand, 'publisher', args, BERT)).code).toBe(code)
  })
})
