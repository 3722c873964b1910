/** The recorded asks in the comment of a pull request, from a real broker; and the line that says why they are not there. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DevProcess, EXAMPLE_POLICY } from '../../cli/dev-process.ts'
import { json, startUpstream } from '../../fakes/upstream.ts'
import type { StepRun } from '../run-step.ts'
import { changed, EXAMPLE, makePolicyBundle, type PolicyStage, pullRequest, setPolicyStage } from './policy-stage.ts'

let bundle: Awaited<ReturnType<typeof makePolicyBundle>>
let stage: PolicyStage
let dev: DevProcess

const TAGS_ALONE = {
  ...changed('grants/call-internal-api.yaml', '        ref: refs/heads/main\n', '        ref: refs/tags/*\n'),
}
/** Without the scenarios that the change breaks. */
const HEAD = {
  ...TAGS_ALONE,
  'policy/grants/call-internal-api.yaml': (TAGS_ALONE['policy/grants/call-internal-api.yaml'] ?? '').replace(/\nscenarios:[\s\S]*$/, '\n'),
}

beforeAll(async () => {
  bundle = await makePolicyBundle()
  dev = await DevProcess.ready([EXAMPLE_POLICY])
  for (let n = 0; n < 2; n++) expect((await dev.exchange('call-internal-api')).status).toBe(200)
})
afterAll(async () => {
  await dev.stop()
  bundle.remove()
})
beforeEach(async () => {
  stage = await setPolicyStage(bundle.script)
})
afterEach(() => stage.close())

const offered = (): Record<string, string> => ({
  ACTIONS_ID_TOKEN_REQUEST_URL: dev.line.idTokenRequestUrl,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: dev.line.idTokenRequestToken,
})

function plan(environment: Record<string, string>, broker: string = dev.line.broker): Promise<StepRun> {
  const event = pullRequest(stage.github, { base: EXAMPLE, head: HEAD })
  return stage.run(event, { inputs: { command: 'plan', ...(broker === '' ? {} : { broker }) }, environment })
}

const comment = (): string => stage.github.comments[0]?.body ?? ''

describe('plan with a broker', () => {
  it.each(['auditor', 'publisher'])('shows an %s how the recorded asks would be decided, in comment and summary', async (role) => {
    await dev.job({ iss: dev.line.issuer, repository: `jobpass/${role}` })
    const run = await plan(offered())
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    for (const text of [run.summary, comment()]) {
      expect(text).toContain('2 of 2 asks of the last 7 days would be decided otherwise')
      expect(text).toMatch(
        /➖ <code>call-internal-api<\/code> for <code>acme\/docs<\/code>: 2 would be refused, such as decision <code>[0-9a-f]{32}/,
      )
    }
    expect(run.readable).not.toContain(dev.line.idTokenRequestToken)
  })

  it.each<[string, () => Promise<Record<string, string>>, string]>([
    ['has no ID token, as a fork never has', async () => ({}), 'this run has no ID token'],
    [
      'is nobody the broker knows',
      async () => {
        await dev.job({})
        return offered()
      },
      'knows this run neither as an auditor nor as a publisher',
    ],
    [
      'is an operator',
      async () => {
        await dev.job({ iss: dev.line.issuer, repository: 'jobpass/operator' })
        return offered()
      },
      'knows this run neither as an auditor nor as a publisher',
    ],
  ])('says in one line that there is no replay when the run %s, and fails nothing', async (_name, environment, said) => {
    const run = await plan(await environment())
    expect(run.exitCode).toBe(0)
    for (const text of [run.summary, comment()]) {
      expect(text).toContain('The asks that the broker recorded were not replayed')
      expect(text).toContain(said)
      expect(text).toContain('no longer')
    }
  })

  it('says nothing of a replay without a broker', async () => {
    expect((await plan({}, '')).summary).not.toContain('replayed')
  })

  it('is not harmed by a broker that is gone, answers nonsense, or puts Markdown into names', async () => {
    await dev.job({ iss: dev.line.issuer, repository: 'jobpass/auditor' })
    expect((await plan(offered(), 'http://127.0.0.1:9')).summary).toContain('the broker did not answer (')
    const flip = {
      grant: '`x`</code><img src=x>',
      repository: '@everyone',
      from: 'allow',
      to: 'refuse',
      asks: 1,
      decision: '|\n# x',
      at: '',
    }
    const replay = { days: 7, since: '', sampled: true, asks: 9, changed: 1, flips: [flip] }
    const answers: readonly [number, unknown][] = [
      [200, { base: 'x', replay: 'none' }],
      [500, 'oops'],
      [200, { base: '[x](y)', replay }],
    ]
    for (const [status, body] of answers) {
      await using broker = await startUpstream((_request, response) => json(response, status, body))
      const run = await plan(offered(), broker.url)
      expect(run.exitCode).toBe(0)
      expect(run.summary).toMatch(/not replayed: the broker answers [25]00|; the newest stand for more/)
      for (const bad of ['<img', '@everyone', '[x](y)', '\n# x']) expect(run.summary).not.toContain(bad)
    }
  })
})
