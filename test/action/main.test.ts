import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { POLICY } from './broker-on-loopback.ts'
import { REQUEST_TOKEN } from './ci.ts'
import type { StepRun } from './run-step.ts'
import { type Bundles, makeBundles, type Stage, setStage, TOKENS } from './stage.ts'

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

/** The first line that holds a value must be the command that masks it. */
function expectMaskedFirst(run: StepRun, secret: string): void {
  const first = run.stdout.split('\n').find((line) => line.includes(secret))
  expect(first?.startsWith('::add-mask::')).toBe(true)
  expect(run.readable).not.toContain(secret)
}

const leaseOf = (run: StepRun): string => run.outputs.get('lease') ?? ''

describe('a granted ask', () => {
  it('masks the tokens before it prints anything else, and prints one line about the grant', async () => {
    const run = await stage.main()
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    const [idToken = ''] = stage.ci.tokens
    const lines = run.stdout.trimEnd().split('\n')
    expect(lines).toEqual([
      `::add-mask::${REQUEST_TOKEN}`,
      `::add-mask::${idToken}`,
      `::add-mask::${TOKENS.jwt}`,
      `::add-mask::${TOKENS.jwt}`,
      `::add-mask::{"token":"${TOKENS.jwt}"}`,
      expect.stringMatching(/^Granted call-api \(jwt\) until \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, lease [0-9a-f-]{36}$/),
    ])
    for (const secret of [idToken, TOKENS.jwt, REQUEST_TOKEN]) expectMaskedFirst(run, secret)
  })

  it('sets the outputs of the contract', async () => {
    const before = Math.floor(Date.now() / 1000)
    const run = await stage.main()
    expect(Object.fromEntries(run.outputs)).toEqual({
      credential: JSON.stringify({ token: TOKENS.jwt }),
      token: TOKENS.jwt,
      'expires-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      lease: [...stage.broker.live][0],
      kind: 'jwt',
      policy: POLICY,
    })
    const expiresAt = Date.parse(run.outputs.get('expires-at') ?? '') / 1000
    expect(expiresAt - before).toBeGreaterThanOrEqual(600)
    expect(expiresAt - before).toBeLessThanOrEqual(605)
  })

  it('asks for the ID token with the origin of the broker as its aud, and sends the ask of the contract', async () => {
    await stage.main({ inputs: { broker: `${stage.broker.origin}/` } })
    expect(
      stage.ci.requests.map(({ method, url }) => [method, url.searchParams.get('api-version'), url.searchParams.get('audience')]),
    ).toEqual([['GET', '2.0', stage.broker.origin]])
    const [exchange] = stage.broker.exchanges
    expect(exchange?.path).toBe('/token')
    expect(Object.fromEntries(exchange?.form ?? [])).toEqual({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token: stage.ci.tokens[0],
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      audience: 'call-api',
      public_key: expect.stringMatching(/^ssh-ed25519 [A-Za-z0-9+/]{68} jobpass$/),
    })
  })

  it('sends scope, ttl and reason when they are given, and another aud when it is told to', async () => {
    stage.broker.audience = 'jobpass'
    const run = await stage.main({
      inputs: {
        grant: 'deploy-docs',
        scope: 'permissions:\n  contents: read\nrepositories: [docs]\n',
        ttl: '5m',
        reason: 'release 1.4 & "more"',
        audience: 'jobpass',
      },
    })
    expect(run.exitCode).toBe(0)
    const form = stage.broker.exchanges[0]?.form
    expect(JSON.parse(form?.get('authorization_details') ?? '')).toEqual([{ permissions: { contents: 'read' }, repositories: ['docs'] }])
    expect([form?.get('ttl'), form?.get('reason')]).toEqual(['300', 'release 1.4 & "more"'])
  })

  it('takes a scope written as JSON', async () => {
    await stage.main({ inputs: { scope: '{"type":"jwt","scopes":["read"]}' } })
    expect(stage.broker.exchanges[0]?.form.get('authorization_details')).toBe('[{"type":"jwt","scopes":["read"]}]')
  })

  it('saves nothing secret for post', async () => {
    const run = await stage.main({ inputs: { env: 'true' } })
    expect(Object.fromEntries(run.state)).toEqual({
      broker: stage.broker.origin,
      audience: stage.broker.origin,
      lease: leaseOf(run),
      directory: expect.stringContaining(join(stage.job.runnerTemp, 'jobpass-')),
      variables: 'JOBPASS_TOKEN',
    })
  })

  it('writes a summary with grant, rule, kind, scope, expiry, lease and policy', async () => {
    const run = await stage.main()
    for (const text of ['call-api', 'call-api/0', 'jwt', 'scopes', run.outputs.get('expires-at') ?? '-', leaseOf(run), POLICY]) {
      expect(run.summary).toContain(text)
    }
    expect(run.summary).toContain('or when the job ends')
    expect(run.summary.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(9)
  })

  it('says in the log and in the summary that a ttl was cut', async () => {
    const run = await stage.main({ inputs: { ttl: '1h' } })
    const sentence = 'the ttl was cut to 10m: 1h was asked'
    expect(run.stdout).toContain(sentence)
    expect(run.summary).toContain(sentence)
    const whole = await stage.main({ inputs: { ttl: '5m' } })
    expect(whole.stdout + whole.summary).not.toContain('was cut')
  })

  it('escapes in the summary what the broker says', async () => {
    stage.broker.grants.set('call-api', {
      kind: 'jwt',
      ttl: 600,
      details: { scopes: ['a|b`<img src=x>\n# title', '[x](https://evil.example)', '@acme/team', '_a_ www.evil.example'] },
      accessToken: () => TOKENS.jwt,
    })
    const { summary } = await stage.main()
    for (const markup of ['<img', '`', '[x]', '(https', '://', '@acme', '\n# title', '"', 'www.']) expect(summary).not.toContain(markup)
    expect(summary.split('\n').filter((line) => line.startsWith('|'))).toHaveLength(9)
  })

  it('succeeds where the server knows no step summary', async () => {
    const run = await stage.main({ without: ['GITHUB_STEP_SUMMARY'] })
    expect(run).toMatchObject({ exitCode: 0, summary: '' })
    expect(run.outputs.get('token')).toBe(TOKENS.jwt)
  })

  it('ends soon after it has what it came for', async () => {
    expect((await stage.main()).milliseconds).toBeLessThan(3000)
  })
})

describe('delivery', () => {
  it.each([
    ['call-api', TOKENS.jwt, { JOBPASS_TOKEN: TOKENS.jwt }],
    ['deploy-docs', TOKENS.githubApp, { GITHUB_TOKEN: TOKENS.githubApp, GH_TOKEN: TOKENS.githubApp }],
    ['deploy-worker', TOKENS.cloudflare, { CLOUDFLARE_API_TOKEN: TOKENS.cloudflare }],
  ])('of %s exports the names its tools read only when the step asks for it', async (grant, token, variables) => {
    const quiet = await stage.main({ inputs: { grant } })
    expect([quiet.exported.size, readdirSync(stage.job.runnerTemp)]).toEqual([0, []])
    const run = await stage.main({ inputs: { grant, env: 'true' } })
    expect(Object.fromEntries(run.exported)).toEqual(variables)
    expect(run.outputs.get('token')).toBe(token)
    expectMaskedFirst(run, token)
  })

  it('of a certificate writes a key and a certificate that belong together, for their owner alone', async () => {
    const run = await stage.main({ inputs: { grant: 'deploy-web' } })
    expect(run.exitCode).toBe(0)
    const keyPath = run.outputs.get('ssh-key-path') ?? ''
    const certificatePath = run.outputs.get('ssh-certificate-path') ?? ''
    expect(dirname(dirname(keyPath))).toBe(stage.job.runnerTemp)
    expect(certificatePath).toBe(`${keyPath}-cert.pub`)
    expect([keyPath, certificatePath, dirname(keyPath)].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600, 0o700])
    const publicLine = execFileSync('ssh-keygen', ['-y', '-f', keyPath], { encoding: 'utf8' }).trim()
    expect(publicLine).toBe(stage.broker.exchanges[0]?.form.get('public_key'))
    const shown = execFileSync('ssh-keygen', ['-L', '-f', certificatePath], { encoding: 'utf8' })
    expect(shown).toContain(leaseOf(run))
    expect(run.outputs.has('token')).toBe(false)
    expect(JSON.parse(run.outputs.get('credential') ?? '')).toMatchObject({ principals: ['deploy'], key_id: leaseOf(run) })
  })

  it('of a certificate masks every line of the private key before it is written, and never the boundary of the file', async () => {
    const run = await stage.main({ inputs: { grant: 'deploy-web' } })
    const key = readFileSync(run.outputs.get('ssh-key-path') ?? '', 'utf8')
    const body = key.split('\n').filter((line) => line !== '' && !line.startsWith('-----'))
    const masked = run.commands.filter(({ name }) => name === 'add-mask').map(({ data }) => data)
    expect(body.length).toBeGreaterThan(3)
    for (const line of body) expect(masked).toContain(line)
    expect(masked).toContain(JSON.stringify(key).slice(1, -1))
    expect(masked.filter((value) => value.startsWith('-----') && !value.includes('\\n'))).toEqual([])
    for (const line of body) expect(run.readable + [...run.outputs.values()].join('\n')).not.toContain(line)
  })

  it('of a certificate exports a GIT_SSH_COMMAND that names both files', async () => {
    const run = await stage.main({ inputs: { grant: 'deploy-web', env: 'true' } })
    const [key, certificate] = [run.outputs.get('ssh-key-path'), run.outputs.get('ssh-certificate-path')]
    expect(run.exported.get('GIT_SSH_COMMAND')).toBe(`ssh -i ${key} -o CertificateFile=${certificate} -o IdentitiesOnly=yes`)
  })

  it('keeps what a variable held before in a file for its owner alone, not in the state', async () => {
    const run = await stage.main({ inputs: { grant: 'deploy-docs', env: 'true' }, environment: { GITHUB_TOKEN: 'ghs_found_before' } })
    const file = join(run.state.get('directory') ?? '', 'environment.json')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ GITHUB_TOKEN: 'ghs_found_before', GH_TOKEN: '' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(run.readable).not.toContain('ghs_found_before')
  })

  it('that cannot write its files fails, exports nothing, and leaves the lease to post', async () => {
    const run = await stage.main({ inputs: { grant: 'deploy-web', env: 'true' }, without: ['RUNNER_TEMP'] })
    expect(run.exitCode).toBe(1)
    expect(run.commands.at(-1)).toMatchObject({ name: 'error', properties: 'title=Jobpass: the credential could not be delivered' })
    expect([run.outputs.size, run.exported.size, run.state.get('lease')]).toEqual([0, 0, [...stage.broker.live][0]])
  })

  it('says what the system said when the directory cannot be made', async () => {
    writeFileSync(join(stage.job.folder, 'a-file'), '')
    const run = await stage.main({ inputs: { grant: 'deploy-web' }, environment: { RUNNER_TEMP: join(stage.job.folder, 'a-file') } })
    expect([run.exitCode, run.outputs.size]).toEqual([1, 0])
    expect(run.commands.at(-1)?.data).toContain('ENOTDIR')
  })

  it('of a kind this version does not know masks the credential, says so, and leaves the lease to post', async () => {
    stage.broker.grants.set('call-api', {
      kind: 'aws-sts',
      ttl: 600,
      details: {},
      accessToken: () => '{"secret_access_key":"wJalrXUtnFEMI"}',
    })
    const run = await stage.main()
    expect(run.exitCode).toBe(1)
    expect(run.commands.at(-1)).toMatchObject({ name: 'error', properties: 'title=Jobpass: this action does not know the kind' })
    expectMaskedFirst(run, '{"secret_access_key":"wJalrXUtnFEMI"}')
    expect(run.state.get('lease')).toBe([...stage.broker.live][0])
    expect(run.outputs.size).toBe(0)
  })

  it.each(['not json', '{"certificate":""}', '[]', '{"certificate":"x","ca":"y"}'])(
    'refuses %j where a certificate is due',
    async (accessToken) => {
      stage.broker.grants.set('deploy-web', { kind: 'ssh-cert', ttl: 600, details: {}, accessToken: () => accessToken })
      const run = await stage.main({ inputs: { grant: 'deploy-web' } })
      expect(run.exitCode).toBe(1)
      expect(run.commands.at(-1)?.properties).toBe('title=Jobpass: the credential cannot be read')
      expect([run.outputs.size, readdirSync(stage.job.runnerTemp)]).toEqual([0, []])
      expectMaskedFirst(run, accessToken)
    },
  )
})

describe('inputs that cannot be used', () => {
  it('are all named at once, and nothing is sent', async () => {
    const run = await stage.main({
      inputs: {
        broker: 'http://jobpass.example.com',
        grant: 'Deploy Docs',
        ttl: '10',
        env: 'yes',
        revoke: '1',
        scope: '[]',
        audience: 'a b',
        reason: 'x'.repeat(257),
      },
    })
    expect(run.exitCode).toBe(1)
    expect(run.commands.map(({ name, properties }) => [name, properties])).toEqual([
      ['error', 'title=Jobpass: the inputs of the step cannot be used'],
    ])
    const named = run.commands[0]?.data.split('\n').map((line) => line.split(':')[0])
    expect(named?.slice(0, -1)).toEqual(['broker', 'grant', 'scope', 'ttl', 'audience', 'env', 'revoke', 'reason'])
    expect([stage.ci.requests, stage.broker.exchanges]).toEqual([[], []])
  })

  it('are missed although the runner enforces nothing', async () => {
    const run = await stage.main({ inputs: { broker: '', grant: '' } })
    expect(run.commands[0]?.data).toContain('broker: is missing; expected the origin of the broker')
    expect(run.commands[0]?.data).toContain('grant: is missing; expected the name of a grant')
  })
})

describe('a proxy of the runner', () => {
  it('is used when the environment names one', async () => {
    const run = await stage.main({ environment: { http_proxy: 'http://127.0.0.1:9', no_proxy: '' } })
    expect(run.exitCode).toBe(1)
    expect(stage.ci.requests).toEqual([])
    const direct = await stage.main({ environment: { http_proxy: 'http://127.0.0.1:9', no_proxy: '127.0.0.1' } })
    expect(direct.exitCode).toBe(0)
  })
})

it('cannot be made to write another output by a value with line breaks', async () => {
  stage.broker.grants.set('call-api', {
    kind: 'jwt',
    ttl: 600,
    details: {},
    accessToken: () => 'first-line\nghadelimiter\nlease<<EOF\nforged\nEOF',
  })
  const run = await stage.main()
  expect(run.outputs.get('lease')).toBe([...stage.broker.live][0])
  expect(run.readable).not.toContain('forged')
})

it('reads no event when there is none to read', async () => {
  writeFileSync(join(stage.job.folder, 'event.json'), '{ not json')
  const run = await stage.main({
    environment: { GITHUB_EVENT_PATH: join(stage.job.folder, 'event.json') },
    without: ['ACTIONS_ID_TOKEN_REQUEST_URL'],
  })
  expect(run.commands[0]?.properties).toBe('title=Jobpass: this job may not ask for an ID token')
})
