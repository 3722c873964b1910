/** `ledger show` and `ledger follow` against a real broker, and against one that lies: what is printed is what was checked. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ledgerCommand } from '../../cli/commands/ledger.ts'
import { followLedger } from '../../cli/ledger-follow.ts'
import { startingPointOf } from '../../cli/ledger-options.ts'
import { DevProcess, EXAMPLE_POLICY, JOBPASS, until } from '../cli/dev-process.ts'
import { testIo } from '../cli/io.ts'
import { A, lineOf, noteOf, StagedBroker } from '../cli/ledger-stage.ts'

let dev: DevProcess
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
  dev = await DevProcess.ready([EXAMPLE_POLICY])
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', dev.line.idTokenRequestUrl)
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', dev.line.idTokenRequestToken)
  await dev.exchange('call-internal-api')
  await dev.job({ ref: 'refs/heads/feature' })
  await dev.exchange('call-internal-api')
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await dev.stop()
  await rm(folder, { recursive: true, force: true })
})

const asAuditor = () => dev.job({ iss: dev.line.issuer, repository: 'jobpass/auditor' })
const asJob = () => dev.job({})

async function run(...args: string[]): Promise<{ code: number; entries: { type: string; ledger: string; seq: number }[]; errors: string }> {
  const io = testIo(folder)
  const code = await ledgerCommand(args, io)
  const lines = io
    .out()
    .split('\n')
    .filter((line) => line !== '')
  return { code, entries: lines.map((line) => JSON.parse(line)), errors: io.errors() }
}

describe('ledger show', () => {
  test('prints what fits every filter', async () => {
    await asAuditor()
    const { code, entries } = await run('show', '--broker', dev.line.broker, '--grant', 'call-internal-api', '--since', '1h')
    expect(code).toBe(0)
    expect(entries.map(({ type }) => type)).toEqual(['issued', 'refused'])
    expect((await run('show', '--broker', dev.line.broker, '--type', 'refused')).entries).toHaveLength(1)
    expect((await run('show', '--broker', dev.line.broker, '--since', '2999-01-01')).entries).toEqual([])
  })

  test('names a filter that cannot be right before it asks anybody', async () => {
    const { code, errors } = await run('show', '--broker', dev.line.broker, '--type', 'isued', '--since', 'yesterday')
    expect(code).toBe(2)
    expect(errors).toContain('no type "isued"')
    expect(errors).toContain('--since')
  })
})

describe('ledger follow', () => {
  test('prints new entries as they come, goes on where it stopped, and what it printed is intact', async () => {
    await asAuditor()
    const exported = testIo()
    expect(await ledgerCommand(['export', '--broker', dev.line.broker], exported)).toBe(0)
    const printed = exported.out().trim().split('\n').slice(0, -2)
    for (let round = 0; round < 2; round++) {
      await writeFile(join(folder, 'seen.ndjson'), printed.map((line) => `${line}\n`).join(''))
      // taken before anybody follows: the local issuer signs for one job at a time, and the follower asks it every second
      await asJob()
      const jobsToken = await dev.idToken()
      await asAuditor()
      const following = spawn(
        process.execPath,
        [JOBPASS, 'ledger', 'follow', '--broker', dev.line.broker, '--resume', 'seen.ndjson', '--interval', '1s'],
        {
          cwd: folder,
        },
      )
      let [out, errors] = ['', '']
      following.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text
      })
      following.stderr.setEncoding('utf8').on('data', (text: string) => {
        errors += text
      })
      await until(
        () => errors.includes('following '),
        () => errors,
      )
      await dev.exchange('call-internal-api', { subject_token: jobsToken })
      await until(
        () => out.includes('"type":"issued"'),
        () => `${out}\n${errors}`,
      )
      following.kill()
      await once(following, 'close')
      printed.push(...out.trim().split('\n'))
    }
    const checkpoint = await dev.asAuthority('auditor', '/ledger/checkpoint')
    await writeFile(join(folder, 'checkpoint'), await checkpoint.text())
    await asAuditor()
    const { code, errors } = await runRest(printed)
    expect(errors).toBe('')
    expect(code).toBe(0)
  })

  /** The rest by `--resume` in this process, then a verification of everything. */
  async function runRest(printed: string[]): Promise<{ code: number; errors: string }> {
    await writeFile(join(folder, 'seen.ndjson'), printed.map((line) => `${line}\n`).join(''))
    const from = await startingPointOf([], join(folder, 'seen.ndjson'))
    if (!from.ok) throw new Error(from.error.join())
    const followed = await followLedger({
      auditor: { broker: dev.line.broker, audience: dev.line.broker, idToken: async () => ({ ok: true, value: await dev.idToken() }) },
      from: from.value,
      filter: {},
      intervalMs: 10,
      write: (line) => void printed.push(line.trim()),
      say: () => undefined,
      wait: () => Promise.resolve(false),
    })
    expect(followed).toEqual({ ok: true })
    const keys = await fetch(`${dev.line.broker}/.well-known/jwks.json`)
    await writeFile(join(folder, 'keys.json'), await keys.text())
    await writeFile(join(folder, 'seen.ndjson'), printed.map((line) => `${line}\n`).join(''))
    const io = testIo(folder)
    const code = await ledgerCommand(['verify', 'seen.ndjson', '--checkpoint', 'checkpoint', '--keys', 'keys.json'], io)
    return { code, errors: io.errors() }
  }

  test('is for auditors', async () => {
    await asJob()
    const { code, entries } = await run('follow', '--broker', dev.line.broker)
    expect([code, entries]).toEqual([4, []])
  })

  test.each([
    [['--from', 'nowhere'], '--from'],
    [['--from', 'v1:authorities:1', '--resume', 'x'], 'not both'],
    [['--interval', 'soon'], '--interval'],
    [['--resume', 'absent.ndjson'], 'absent.ndjson'],
  ])('cannot run with %j', async (args, told) => {
    const { code, errors } = await run('follow', '--broker', dev.line.broker, ...args)
    expect(code).toBe(2)
    expect(errors).toContain(told)
  })
})

describe('a broker that lies', () => {
  interface Lie {
    readonly broker: StagedBroker
    /** Lines of one poll after the other, by time; then the last for ever. */
    readonly polls: readonly (readonly string[] | 'down' | 'elsewhere')[]
  }

  async function follow({ broker, polls }: Lie, cycles = 6): Promise<{ done: unknown; printed: string[]; said: string[] }> {
    const note = noteOf(broker.states())
    const lines = broker.lines()
    let poll = 0
    const server: Server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://x')
      if (pathname === '/ledger/checkpoint') return response.end(note)
      const after = /^(.*):(\d+)$/.exec(searchParams.get('after') ?? '')
      const lineAfter = lines.filter((line) => JSON.parse(line).ledger === after?.[1] && JSON.parse(line).seq > Number(after?.[2]))
      if (!searchParams.has('since')) return response.end(lineAfter.map((line) => `${line}\n`).join(''))
      const now = polls[Math.min(poll++, polls.length - 1)] ?? []
      if (now === 'down') return response.writeHead(503).end()
      if (now === 'elsewhere') return response.setHeader('link', '<https://evil.example/ledger>; rel="next"').end()
      return response.end(now.map((line) => `${line}\n`).join(''))
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const [printed, said]: [string[], string[]] = [[], []]
    let waits = 0
    const done = await followLedger({
      auditor: { broker: `http://127.0.0.1:${port}`, audience: 'x', idToken: () => Promise.resolve({ ok: true, value: 'token' }) },
      from: { heads: new Map(), isComplete: false },
      filter: {},
      intervalMs: 1,
      write: (line) => void printed.push(line.trim()),
      say: (line) => void said.push(line),
      wait: () => Promise.resolve(++waits < cycles),
    })
    server.close()
    return { done, printed, said }
  }

  function staged(): StagedBroker {
    const broker = new StagedBroker()
    broker.refusals(A, 3)
    return broker
  }

  test('is followed while it tells the truth', async () => {
    const broker = staged()
    const next = broker.copy()
    next.refusals(A, 2)
    const { done, printed } = await follow({ broker, polls: [[], next.lines().slice(-2), next.lines()] })
    expect(done).toEqual({ ok: true })
    expect(printed).toEqual(next.lines().slice(-2))
  })

  test.each<[string, (next: StagedBroker) => readonly string[], string]>([
    [
      'changes an entry',
      (next) => [lineOf({ ...next.append(A, { type: 'thawed' }), more: 1 })],
      'entry 4: its content is not what its hash was taken of',
    ],
    ['has another past', () => changedPast().lines().slice(-1), 'entry 4: it does not follow the entry before it'],
    ['writes the last entry anew', () => changedPast().lines().slice(2, 3), 'entry 3: it is another one than before'],
    [
      'leaves an entry out',
      (next) => [next.append(A, { type: 'thawed' }), next.append(A, { type: 'thawed' })].slice(1).map(lineOf),
      'entry 4: it is missing',
    ],
    ['answers with something else', () => ['{"type":"issued"}'], 'no entry of a ledger'],
  ])('and %s is found out, and nothing of it is printed', async (_, lie, told) => {
    const broker = staged()
    const lines = lie(broker.copy())
    const { done, printed } = await follow({ broker, polls: [[], lines] })
    expect(done).toMatchObject({ ok: false, error: { by: 'chain' } })
    expect(JSON.stringify(done)).toContain(told)
    expect(printed).toEqual([])
  })

  function changedPast(): StagedBroker {
    const broker = new StagedBroker()
    broker.refusals(A, 4, 'another')
    return broker
  }

  test('is asked again when it cannot be reached, less often each time, and nothing is lost', async () => {
    const broker = staged()
    const next = broker.copy()
    next.refusals(A, 1)
    const { done, printed, said } = await follow({ broker, polls: ['down', 'down', next.lines().slice(-1)] })
    expect(done).toEqual({ ok: true })
    expect(printed).toEqual(next.lines().slice(-1))
    expect(said.filter((line) => line.startsWith('trying again'))).toHaveLength(2)
    expect(said).toContain('the broker answers again')
  })

  test('cannot send its auditor elsewhere', async () => {
    const { done, said } = await follow({ broker: staged(), polls: ['elsewhere'] }, 3)
    expect(done).toEqual({ ok: true })
    expect(said.join()).toContain('not of its ledger')
  })
})
