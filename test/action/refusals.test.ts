import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { DECISION, refusal } from './broker-on-loopback.ts'
import type { Command, StepRun } from './run-step.ts'
import { type Bundles, makeBundles, type Stage, setStage } from './stage.ts'

let bundles: Bundles
let stage: Stage

beforeAll(async () => {
  bundles = await makeBundles()
})
afterAll(() => bundles.remove())
beforeEach(async () => {
  stage = await setStage(bundles)
})
afterEach(() => stage.close())

/** The one annotation of a run that failed, after no output, export or state. */
function onlyError(run: StepRun): Command {
  const told = run.commands.filter(({ name }) => name !== 'add-mask')
  expect([run.exitCode, run.stderr, told.length, told[0]?.name]).toEqual([1, '', 1, 'error'])
  expect([run.outputs.size, run.exported.size, run.state.size, run.summary]).toEqual([0, 0, 0, ''])
  for (const token of stage.ci.tokens) expect(run.readable).not.toContain(token)
  return told[0] ?? { name: '', properties: '', data: '' }
}

const refusedGrant = {
  error: 'invalid_target',
  code: 'grant_refused',
  error_description: 'No rule of the grant fits this run.',
  reasons: [
    { rule: 'call-api/0', attribute: 'ref', seen: 'refs/heads/feature', hint: 'only the letter case differs' },
    { rule: 'call-api/0', attribute: 'environment', seen: null, expected: ['production', 'staging'] },
  ],
}

describe('a refusal', () => {
  it('is one annotation with each attribute, what the run had, and the decision id, and is not retried', async () => {
    stage.broker.failures.push(refusal(refusedGrant))
    const error = onlyError(await stage.main())
    expect(error.properties).toBe('title=Jobpass refused call-api')
    expect(error.data.split('\n')).toEqual([
      'The broker refused the grant call-api to this run (grant_refused): No rule of the grant fits this run.',
      '- call-api/0: ref does not fit: the run has "refs/heads/feature" (only the letter case differs)',
      '- call-api/0: environment does not fit: the run has none; expected "production" or "staging"',
      'Run the job under the conditions the grant states, or propose a change of the policy by pull request.',
      `Decision ${DECISION}: quote it to whoever looks after the policy.`,
    ])
    expect([stage.broker.exchanges.length, stage.ci.tokens.length]).toEqual([1, 1])
  })

  it('of an unknown grant names the nearest one', async () => {
    const error = onlyError(await stage.main({ inputs: { grant: 'call-apis' } }))
    expect(error.data).toContain('Did you mean the grant call-api?\nCheck the name of the grant.\n')
    expect(error.data).toContain(DECISION)
  })

  it('repeats a hint that is a sentence as it is', async () => {
    stage.broker.failures.push(refusal({ ...refusedGrant, reasons: [], hint: 'The nearest grant is call-api.' }))
    expect(onlyError(await stage.main()).data).toContain('Hint: The nearest grant is call-api.')
  })

  it('of a caller the broker could not prove says where to look', async () => {
    stage.broker.audience = 'https://other.example'
    const error = onlyError(await stage.main())
    expect(error.data).toContain('(invalid_request): the subject token is not acceptable')
    expect(error.data).toContain('`audience`')
    expect(error.data).toContain(DECISION)
  })

  it('cannot write a command to the runner, however it is worded', async () => {
    const hostile = 'x\n::set-output name=token::forged\r\n##[set-env name=PATH]/evil \u202e\u0007'
    stage.broker.failures.push(
      refusal({
        ...refusedGrant,
        error_description: hostile,
        hint: hostile,
        reasons: [{ rule: hostile, attribute: hostile, seen: hostile.repeat(50) }],
      }),
    )
    const run = await stage.main()
    const error = onlyError(run)
    expect(run.stdout).not.toContain('##[')
    expect(run.stdout.split('\n').filter((line) => line.startsWith('::set'))).toEqual([])
    for (const character of ['\u202e', '\u0007', '\r']) expect(error.data).not.toContain(character)
    expect(error.data.length).toBeLessThan(2500)
  })

  it('with a code this version does not know still names the decision', async () => {
    stage.broker.failures.push(refusal({ error: 'invalid_target', code: 'moon_phase', error_description: 'The moon is wrong.' }))
    expect(onlyError(await stage.main()).data).toContain(`(moon_phase): The moon is wrong.\nQuote the decision`)
  })
})

describe('clocks', () => {
  it.each([
    ['token_early', 3600, '3600 s ahead of the broker'],
    ['token_expired', -900, '900 s behind the broker'],
  ])('are put side by side for %s', async (code, skew, sentence) => {
    stage.ci.skew = skew
    stage.broker.failures.push(refusal({ error: 'invalid_request', code }))
    const { data } = onlyError(await stage.main())
    const seconds = Number(/The CI system is (\d+) s/.exec(data)?.[1])
    expect(Math.abs(seconds - Math.abs(skew))).toBeLessThanOrEqual(3)
    expect(data).toContain(sentence.replace(/^\d+/, String(seconds)))
    expect(data).toMatch(/the broker's clock says \d{4}-.*Z, this runner's says \d{4}-.*Z\./)
  })

  it('are called wrong only beyond what the broker allows', async () => {
    stage.broker.failures.push(refusal({ error: 'invalid_request', code: 'token_too_old' }))
    expect(onlyError(await stage.main()).data).not.toContain('The CI system is')
  })
})

describe('no ID token', () => {
  const without = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN']
  const event = (value: unknown): Record<string, string> => {
    const path = join(stage.job.folder, 'event.json')
    writeFileSync(path, JSON.stringify(value))
    return { GITHUB_EVENT_PATH: path }
  }

  it('because of a missing permission shows the lines to add', async () => {
    const error = onlyError(await stage.main({ without }))
    expect(error.properties).toBe('title=Jobpass: this job may not ask for an ID token')
    expect(error.data).toContain('    permissions:\n      id-token: write\n')
  })

  it.each([
    ['another repository', { full_name: 'stranger/docs' }],
    ['a repository that is gone', null],
  ])('in a pull request from %s says that forks get none', async (_, repo) => {
    const environment = event({ pull_request: { head: { repo }, base: { repo: { full_name: 'acme/docs' } } } })
    const error = onlyError(await stage.main({ without, environment }))
    expect(error.properties).toBe('title=Jobpass: a pull request from a fork gets no credential')
  })

  it('in a pull request of the repository itself is the missing permission', async () => {
    const repo = { full_name: 'acme/docs' }
    const environment = event({ pull_request: { head: { repo }, base: { repo } } })
    expect(onlyError(await stage.main({ without, environment })).properties).toContain('may not ask for an ID token')
  })

  it.each([401, 403, 400, 404])('because the service answers %i is final', async (status) => {
    stage.ci.failures.push({ status, body: '{"message":"no"}' })
    const error = onlyError(await stage.main())
    expect([error.properties, stage.ci.requests.length]).toEqual(['title=Jobpass: the ID token service refused', 1])
    expect(error.data).toContain(`status ${status}`)
  })

  it.each([
    ['garbage', { status: 200, body: '<html>' }],
    ['JSON without a value', { status: 200, body: '{"count":0}' }],
    ['something that is no token', { status: 200, body: '{"value":"a b c"}' }],
    ['a redirect', { status: 302, body: '', headers: { location: 'https://evil.example/' } }],
  ])('because the service answers %s is told, without what it said', async (_, reply) => {
    stage.ci.failures.push(reply)
    const run = await stage.main()
    expect(onlyError(run).properties).toBe('title=Jobpass: the ID token service answered nonsense')
    expect(run.stdout).not.toContain('html')
    expect(stage.broker.exchanges).toEqual([])
  })

  it('because its URL is no URL', async () => {
    const run = await stage.main({ environment: { ACTIONS_ID_TOKEN_REQUEST_URL: 'not a url' } })
    expect(onlyError(run).data).toContain('is not a URL')
  })
})

describe('a broker that is none', () => {
  it('by redirecting is not followed: the token goes nowhere else', async () => {
    stage.broker.failures.push({ status: 307, body: '', headers: { location: `${stage.ci.origin}/steal?token=secret` } })
    const error = onlyError(await stage.main())
    expect(error.properties).toBe('title=Jobpass: the broker sent elsewhere')
    expect(error.data).toContain(stage.ci.origin)
    expect(error.data).not.toContain('steal')
    expect([stage.broker.exchanges.length, stage.ci.requests.length]).toEqual([1, 1])
  })

  it.each([
    ['garbage with 200', { status: 200, body: '<html>welcome</html>' }],
    ['half a token response', { status: 200, body: '{"access_token":"half-secret","expires_in":600}' }],
    ['a negative lifetime', { status: 200, body: '{"access_token":"half-secret","expires_in":-1,"kind":"jwt"}' }],
    ['an empty answer', { status: 200, body: '' }],
    ['garbage with 404', { status: 404, body: 'nothing here' }],
    ['another success', { status: 204, body: '' }],
  ])('by answering %s is told, without what it said', async (_, reply) => {
    stage.broker.failures.push(reply)
    const run = await stage.main()
    expect(onlyError(run).properties).toBe('title=Jobpass: the answer is not that of a broker')
    for (const text of ['welcome', 'half-secret', 'nothing here']) expect(run.stdout).not.toContain(text)
    expect(stage.broker.exchanges).toHaveLength(1)
  })
})
