import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { readPolicyInputs } from '../../../action/policy/policy-inputs.ts'
import { publishPolicy } from '../../../action/policy/publish.ts'
import type { Pace } from '../../../action/tries.ts'
import { isJsonObject } from '../../../shared/json.ts'
import { DevProcess, EXAMPLE_POLICY } from '../../cli/dev-process.ts'
import { json, type RecordedRequest, startUpstream, type Upstream } from '../../fakes/upstream.ts'
import { ROOT } from '../../import-graph.ts'
import type { StepRun } from '../run-step.ts'
import type { Files } from './git-objects.ts'
import { changed, EXAMPLE, makePolicyBundle, type PolicyStage, pullRequest, setPolicyStage } from './policy-stage.ts'

let bundle: Awaited<ReturnType<typeof makePolicyBundle>>
let stage: PolicyStage

beforeAll(async () => {
  bundle = await makePolicyBundle()
})
afterAll(() => bundle.remove())
beforeEach(async () => {
  stage = await setPolicyStage(bundle.script)
})
afterEach(() => stage.close())

interface Where {
  readonly broker: string
  readonly environment: Readonly<Record<string, string>>
}

/** A push of these files to main, which is at that commit unless `newest` says otherwise. */
function publish(files: Files, { broker, environment }: Where, newest?: string): Promise<StepRun> {
  const sha = stage.github.commit(files)
  stage.github.branches.set('main', newest ?? sha)
  return stage.run(
    { name: 'push', payload: { before: '1'.repeat(40), after: sha }, sha },
    { inputs: { command: 'publish', broker }, environment },
  )
}

const errors = (run: StepRun): readonly string[] => run.commands.filter(({ name }) => name === 'error').map(({ data }) => data)

describe('publish to a real broker', () => {
  let dev: DevProcess
  let where: Where
  beforeAll(async () => {
    dev = await DevProcess.ready([EXAMPLE_POLICY])
    where = {
      broker: dev.line.broker,
      environment: {
        ACTIONS_ID_TOKEN_REQUEST_URL: dev.line.idTokenRequestUrl,
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: dev.line.idTokenRequestToken,
      },
    }
  })
  afterAll(() => dev.stop())
  beforeEach(() => dev.job({ iss: dev.line.issuer, repository: 'jobpass/publisher' }))

  const active = async (): Promise<unknown> => (await dev.health()).body.policy

  it('makes the policy of the merged commit active, and says so; again is no error', async () => {
    const before = await active()
    const next = changed('grants/deploy-web.yaml', 'ttl: 5m', 'ttl: 4m')
    const run = await publish(next, where)
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    const digest = run.outputs.get('policy')
    expect(digest).not.toBe(before)
    expect(await active()).toBe(digest)
    expect(run.stdout).toContain(`${digest} is active everywhere.`)
    for (const text of ['active everywhere', digest ?? '-', String(before)]) expect(run.summary).toContain(text)
    expect((await publish(next, where)).stdout).toContain('it was already')
    expect((await publish(EXAMPLE, where)).exitCode).toBe(0)
    expect(await active()).toBe(before)
  })

  it('is refused to a job that is no publisher', async () => {
    const before = await active()
    await dev.job({ iss: dev.line.issuer, repository: 'jobpass/auditor' })
    const run = await publish(changed('grants/deploy-web.yaml', 'ttl: 5m', 'ttl: 3m'), where)
    expect(run.exitCode).toBe(1)
    expect(errors(run)).toEqual([expect.stringMatching(/^The broker answers 403\./)])
    expect(await active()).toBe(before)
  })

  it('shows what the broker would refuse at its lines, and asks nobody', async () => {
    const before = await active()
    const run = await publish(
      { ...EXAMPLE, 'policy/broken.yaml': 'workloads:\n  x: { issuer: nowhere, is: { repository: a/b }, owner: t }\n' },
      where,
    )
    expect(run.exitCode).toBe(1)
    expect(run.commands.find(({ name }) => name === 'error')?.properties).toContain('file=policy/broken.yaml,line=2')
    expect(run.stdout).not.toContain('The broker answers')
    expect(await active()).toBe(before)
  })

  it('shows a failed scenario too', async () => {
    const run = await publish(changed('grants/deploy-web.yaml', '        ref: refs/heads/main\n', '        ref: refs/heads/*\n'), where)
    expect(run.exitCode).toBe(1)
    expect(run.commands.find(({ name }) => name === 'error')?.properties).toContain('title=scenario-failed')
  })
})

describe('publish runs for merged commits alone', () => {
  const nowhere: Where = { broker: 'http://127.0.0.1:9', environment: {} }

  it('not for a pull request, and not for a merge queue', async () => {
    const events = [
      pullRequest(stage.github, { base: EXAMPLE, head: EXAMPLE }),
      { name: 'merge_group', payload: { merge_group: { head_sha: 'a'.repeat(40), base_sha: 'b'.repeat(40) } }, sha: 'a'.repeat(40) },
    ]
    for (const event of events) {
      const run = await stage.run(event, { inputs: { command: 'publish', broker: nowhere.broker } })
      expect(run.exitCode).toBe(1)
      expect(errors(run)).toEqual([expect.stringContaining('not reviewed and merged yet')])
    }
    expect(stage.github.requests).toEqual([])
  })

  it('not for a commit that its branch has left behind, so a slow run never undoes a newer one', async () => {
    const run = await publish(EXAMPLE, nowhere, 'd'.repeat(40))
    expect(run.exitCode).toBe(0)
    expect(run.commands.filter(({ name }) => name === 'warning')).toMatchObject([
      { data: expect.stringContaining(`main is at ${'d'.repeat(40)}`) },
    ])
  })

  it('says what is missing when the job may have no ID token', async () => {
    await using broker = await startBroker([])
    const run = await publish(EXAMPLE, { broker: broker.url, environment: {} })
    expect(run.exitCode).toBe(1)
    expect(errors(run)).toEqual([expect.stringContaining('`id-token: write`')])
    expect(broker.requests.map(({ method }) => method)).toEqual(['GET'])
  })
})

const OLD = `sha256:${'0'.repeat(64)}`

type Answers = (readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>])[]

/** A broker that answers `PUT /policy` as it is told; what it took is active. Its ID token service takes any bearer. */
function startBroker(puts: Answers): Promise<Upstream> {
  let active: string = OLD
  let tokens = 0
  return startUpstream((request, response) => {
    if (request.path.startsWith('/id-token')) {
      tokens += 1
      return json(response, 200, { value: `e30.${Buffer.from(JSON.stringify({ jti: tokens })).toString('base64url')}.c2ln` })
    }
    if (request.path === '/healthz') return json(response, 200, { status: 'ok', version: '0', policy: active })
    const [status, body, headers = {}] = puts.shift() ?? [200, accepted(request)]
    if (status === 200) active = accepted(request).policy
    if (isJsonObject(body) && typeof body.active === 'string') active = body.active
    return json(response, status, body, headers)
  })
}

function accepted({ body }: RecordedRequest): { readonly policy: string } {
  return { policy: `sha256:${digestOf(body)}` }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

describe('publish to a broker that has a bad day', () => {
  const at = ({ url }: Upstream): Where => ({
    broker: url,
    environment: { ACTIONS_ID_TOKEN_REQUEST_URL: `${url}/id-token?v=1`, ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token' },
  })
  const puts = (broker: Upstream): readonly RecordedRequest[] => broker.requests.filter(({ method }) => method === 'PUT')

  it('names the policy it replaces, and carries a fresh ID token with every try', async () => {
    await using broker = await startBroker([
      [503, { title: 'The policy is not in force everywhere', detail: '2 ledgers have not confirmed yet' }, { 'retry-after': '0' }],
      [500, 'oops'],
    ])
    const run = await publish(EXAMPLE, at(broker))
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(puts(broker).map(({ headers }) => headers['if-match'])).toEqual([`"${OLD}"`, `"${OLD}"`, `"${OLD}"`])
    expect(new Set(puts(broker).map(({ headers }) => headers.authorization)).size).toBe(3)
    expect(puts(broker)[0]?.headers['content-type']).toBe('application/json')
    for (const { headers } of puts(broker)) expect(run.readable).not.toContain(headers.authorization?.replace('Bearer ', ''))
  })

  it('does not try again what was refused, and shows why', async () => {
    const errors422 = [{ path: 'grants.x.ttl', id: 'wrong-value', message: 'expected\u001b[31m a duration\n::error::x' }]
    await using broker = await startBroker([[422, { title: 'The policy was not accepted', detail: 'It has errors.', errors: errors422 }]])
    const run = await publish(EXAMPLE, at(broker))
    expect(run.exitCode).toBe(1)
    expect(puts(broker)).toHaveLength(1)
    expect(errors(run)).toEqual([
      'The broker answers 422.\nThe policy was not accepted: It has errors.\ngrants.x.ttl: error wrong-value: expected [31m a duration :error:x',
    ])
  })

  it('carries the reason of a forced publication, and shows what the broker would not do without one', async () => {
    const problem = { title: 'The policy takes too much away', detail: '5 of 7 grants would be gone', errors: [] }
    await using broker = await startBroker([[409, problem]])
    expect(errors(await publish(EXAMPLE, at(broker)))).toEqual([expect.stringContaining('5 of 7 grants would be gone')])
    const sha = stage.github.commit(EXAMPLE)
    stage.github.branches.set('main', sha)
    const inputs = { command: 'publish', broker: broker.url, force: 'the team is gone & so is #42' }
    const run = await stage.run({ name: 'workflow_dispatch', payload: {}, sha }, { inputs, environment: at(broker).environment })
    expect(run.exitCode).toBe(0)
    const [last] = puts(broker).slice(-1)
    expect(new URL(last?.path ?? '', broker.url).searchParams.get('force')).toBe('the team is gone & so is #42')
  })

  it('ends badly, and says who must do what, when a second person is needed', async () => {
    const id = 'a'.repeat(32)
    await using broker = await startBroker([[202, { proposal: id, because: 'Widens 1 grant', expires_at: '2026-11-25T14:00:00.000Z' }]])
    const run = await publish(EXAMPLE, at(broker))
    expect(run.exitCode).toBe(1)
    expect(puts(broker)).toHaveLength(1)
    expect(errors(run)).toEqual([
      expect.stringMatching(new RegExp(`second person: Widens 1 grant\\.\nBefore .* jobpass confirm ${id} --broker ${broker.url}`)),
    ])
  })

  it('stops when another run made another policy active, and is content when it was this one', async () => {
    await using broker = await startBroker([[412, { title: 'Another policy is active', detail: 'x', active: `sha256:${'9'.repeat(64)}` }]])
    expect(errors(await publish(EXAMPLE, at(broker)))).toEqual([expect.stringContaining('Another policy is active')])
    const digest = (await publish(EXAMPLE, at(broker))).outputs.get('policy')
    await using late = await startBroker([[412, { title: 'Another policy is active', active: digest }]])
    expect((await publish(EXAMPLE, at(late))).exitCode).toBe(0)
  })

  it('waits until the broker shows the policy as active, and not for ever', async () => {
    await using broker = await startUpstream(({ method, path }, response) => {
      if (path.startsWith('/id-token')) return json(response, 200, { value: 'e30.e30.c2ln' })
      return json(response, 200, method === 'PUT' ? { policy: 'sha256:new' } : { status: 'ok', policy: OLD })
    })
    for (const [name, value] of Object.entries(at(broker).environment)) vi.stubEnv(name, value)
    let now = 0
    const sleep = async (milliseconds: number): Promise<void> => {
      now += milliseconds
    }
    const pace: Pace = { now: () => now, random: () => 0, sleep }
    const published = await publishPolicy({ broker: broker.url, digest: 'sha256:new', compiled: '{}' }, pace)
    vi.unstubAllEnvs()
    expect(published).toEqual({ ok: false, error: { code: 'not_live', digest: 'sha256:new', seen: OLD } })
    expect(puts(broker)).toHaveLength(1)
    expect(now).toBeGreaterThan(10_000)
  })

  it('is not content with a broker that takes a policy and shows another', async () => {
    await using broker = await startBroker([[200, { policy: OLD }]])
    expect(errors(await publish(EXAMPLE, at(broker)))).toEqual([expect.stringMatching(/^The broker answers 200\./)])
  })

  it('follows no redirect with its token', async () => {
    await using elsewhere = await startUpstream((_request, response) => json(response, 200, {}))
    await using broker = await startBroker([[307, {}, { location: `${elsewhere.url}/policy` }]])
    expect((await publish(EXAMPLE, at(broker))).exitCode).toBe(1)
    expect(elsewhere.requests).toEqual([])
  })

  it('says so when what answers is no broker', async () => {
    await using other = await startUpstream((_request, response) => json(response, 200, { hello: 'world' }))
    const run = await publish(EXAMPLE, at(other))
    expect(run.exitCode).toBe(1)
    expect(errors(run)).toEqual([expect.stringContaining('/healthz does not answer as that of a broker')])
    expect(other.requests.map(({ path }) => path)).toEqual(['/healthz'])
  })
})

describe('action/policy/action.yml', () => {
  const manifest = parse(readFileSync(join(ROOT, 'action/policy/action.yml'), 'utf8'))

  it('declares exactly the inputs that the step reads, with the defaults it has', () => {
    const read: string[] = []
    readPolicyInputs((name) => {
      read.push(name)
      return ''
    })
    expect(Object.keys(manifest.inputs)).toEqual(expect.arrayContaining(read))
    expect(read).toHaveLength(Object.keys(manifest.inputs).length)
    const given = (name: string): string => ({ command: 'check', token: 'x' })[name] ?? ''
    const defaults = (name: string): string => given(name) || (manifest.inputs[name].default ?? '')
    expect(readPolicyInputs(defaults)).toEqual(readPolicyInputs(given))
  })

  it('runs a bundle that the build makes, on node24, and describes everything', () => {
    expect(manifest.runs).toEqual({ using: 'node24', main: '../../dist/action-policy/main.js' })
    for (const part of [...Object.values(manifest.inputs), ...Object.values(manifest.outputs)]) {
      expect(part).toMatchObject({ description: expect.stringMatching(/^\S.{20,}\.$/) })
    }
  })

  it('is used with inputs it has, on its page and in the repository that is there to be copied', () => {
    const workflows = ['pull-request.yml', 'publish.yml'].map((name) => join(ROOT, 'examples/policy-repository/.github/workflows', name))
    const page = readFileSync(join(ROOT, 'docs/policy-repository.md'), 'utf8')
    const texts = [
      ...workflows.map((path) => readFileSync(path, 'utf8')),
      ...[...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text = '']) => text),
    ]
    const steps = texts
      .flatMap((text) => Object.values<{ steps: { with: Record<string, string> }[] }>(parse(text).jobs))
      .flatMap((job) => job.steps)
    expect(steps.map((step) => step.with.command).sort()).toEqual(['check', 'check', 'plan', 'plan', 'publish', 'publish'])
    for (const { with: given } of steps) {
      expect(Object.keys(manifest.inputs)).toEqual(expect.arrayContaining(Object.keys(given)))
      expect(readPolicyInputs((name) => ({ token: 'x', ...given })[name] ?? '')).toMatchObject({ ok: true })
    }
  })

  it('is described whole on its page', () => {
    const page = readFileSync(join(ROOT, 'docs/policy-repository.md'), 'utf8')
    for (const name of [...Object.keys(manifest.inputs), ...Object.keys(manifest.outputs)]) expect(page).toContain(`\`${name}\``)
  })
})
