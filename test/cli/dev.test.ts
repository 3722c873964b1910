import { spawn } from 'node:child_process'
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { DevProcess, EXAMPLE_POLICY, isAlive, until } from './dev-process.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

let copies = 0

async function policyCopy(): Promise<string> {
  const dir = join(folder, `policy-${copies++}`)
  await cp(EXAMPLE_POLICY, dir, { recursive: true })
  return dir
}

async function listensOn(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/healthz`).then(
    () => true,
    () => false,
  )
}

const portOf = (url: string): number => Number(new URL(url).port)

describe('a running dev', () => {
  let dev: DevProcess
  let policy: string

  beforeAll(async () => {
    policy = await policyCopy()
    dev = await DevProcess.ready([policy])
  })

  afterAll(() => dev.stop())

  afterEach(() => dev.job({}))

  test('prints one line on standard output: where broker and issuer are, side by side', () => {
    expect(dev.stdout().trim().split('\n')).toHaveLength(1)
    expect(portOf(dev.line.issuer)).toBe(portOf(dev.line.broker) + 1)
    expect(dev.line.broker).toMatch(/^http:\/\/127\.0\.0\.1:[0-9]+$/)
    expect(dev.line.idTokenRequestUrl).toContain('?')
  })

  test('gives the default job of the example policy a JWT that the broker’s key set verifies', async () => {
    const { status, body } = await dev.exchange('call-internal-api')
    expect(status).toBe(200)
    const keys = createRemoteJWKSet(new URL(`${dev.line.broker}/.well-known/jwks.json`))
    const { payload } = await jwtVerify(String(body.access_token), keys, { issuer: dev.line.broker, audience: 'https://api.acme.example' })
    expect(payload).toMatchObject({ sub: 'workload:docs-site', jti: body.lease_id, ci: { repository: 'acme/docs' } })
    expect(body.policy).toBe(dev.line.policy)
  })

  test('signs as the first issuer of the policy, and as the one a job names', async () => {
    expect(decodeJwt(await dev.idToken()).iss).toBe('https://token.actions.githubusercontent.com')
    await dev.job({ iss: 'https://nobody.example' })
    const { status, body } = await dev.exchange('call-internal-api')
    expect(status).toBe(400)
    expect(Object.keys(body).sort()).toEqual(['decision_id', 'error', 'error_description'])
  })

  test('refuses the feature branch of the same job and says why', async () => {
    await dev.job({ ref: 'refs/heads/feature' })
    const { status, body } = await dev.exchange('call-internal-api')
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: 'invalid_target', code: 'grant_refused', decision_id: expect.any(String) })
    expect(body.reasons).toContainEqual(expect.objectContaining({ attribute: 'ref', seen: 'refs/heads/feature' }))
  })

  test('takes a token once', async () => {
    const subject_token = await dev.idToken()
    expect((await dev.exchange('call-internal-api', { subject_token })).status).toBe(200)
    expect((await dev.exchange('call-internal-api', { subject_token })).body).toMatchObject({ code: 'token_replayed' })
  })

  test('knows three authorities, each for its own role, and by the local issuer alone', async () => {
    expect((await dev.asAuthority('auditor', '/ledger')).status).toBe(200)
    expect((await dev.asAuthority('operator', '/ledger')).status).toBe(403)
    expect((await dev.asAuthority('publisher', '/policy')).status).toBe(403)
    const active = await dev.asAuthority('auditor', '/policy')
    expect(active.status).toBe(200)
    expect(active.headers.get('etag')).toBe(`"${dev.line.policy}"`)
    await dev.job({ repository: 'jobpass/auditor', repository_owner_id: '1' })
    const foreign = await fetch(`${dev.line.broker}/ledger`, { headers: { authorization: `Bearer ${await dev.idToken()}` } })
    expect([401, 403]).toContain(foreign.status)
    await dev.job({ iss: dev.line.issuer, repository: 'jobpass/auditor', repository_owner_id: '2' })
    const otherOwner = await fetch(`${dev.line.broker}/ledger`, { headers: { authorization: `Bearer ${await dev.idToken()}` } })
    expect([401, 403]).toContain(otherOwner.status)
  })

  test('publishes what is saved, keeps the last good policy when a save is broken, and goes on after', async () => {
    const file = join(policy, 'grants', 'call-internal-api.yaml')
    const good = await readFile(file, 'utf8')
    const activeAfter = async (digest: string): Promise<string> => {
      let now = digest
      await until(
        async () => {
          now = String((await dev.health()).body.policy)
          return now !== digest
        },
        () => `no other policy became active: ${dev.stderr()}`,
      )
      return now
    }
    await writeFile(file, good.replace('ttl: 10m', 'ttl: 3m'))
    const changed = await activeAfter(dev.line.policy)
    expect((await dev.exchange('call-internal-api')).body).toMatchObject({ policy: changed, expires_in: expect.toBeOneOf([179, 180]) })

    await appendFile(file, '    colour: red\n')
    await until(
      () => dev.stderr().includes(`stays active: ${changed}`),
      () => dev.stderr(),
    )
    expect(dev.stderr()).toMatch(/^grants\/call-internal-api\.yaml:[0-9]+:[0-9]+: error /m)
    expect((await dev.health()).body.policy).toBe(changed)

    await writeFile(file, good.replace('expect: allow', 'expect: { refuse: ref }'))
    await until(
      () => dev.stderr().includes('scenario-failed'),
      () => dev.stderr(),
    )
    expect((await dev.health()).body.policy).toBe(changed)

    await writeFile(file, good)
    expect(await activeAfter(changed)).toBe(dev.line.policy)
    expect(dev.stdout().trim().split('\n')).toHaveLength(1)
  })
})

describe('the state of dev', () => {
  test('is kept with --state: keys, replay marks, the active policy; the policy of the folder replaces it', async () => {
    const policy = await policyCopy()
    const state = join(folder, 'state')
    const first = await DevProcess.ready([policy, '--state', state])
    const jwks = await (await fetch(`${first.line.broker}/.well-known/jwks.json`)).json()
    const subject_token = await first.idToken('http://127.0.0.1:1')
    const { body } = await first.exchange('call-internal-api')
    expect(body.code).toBeUndefined()
    const port = String(portOf(first.line.broker))
    const replayed = await first.idToken()
    expect((await first.exchange('call-internal-api', { subject_token: replayed })).status).toBe(200)
    expect(await first.stop()).toBe(0)

    const file = join(policy, 'grants', 'call-internal-api.yaml')
    await writeFile(file, (await readFile(file, 'utf8')).replace('ttl: 10m', 'ttl: 4m'))
    const second = await DevProcess.ready([policy, '--state', state, '--port', port])
    expect(second.line.policy).not.toBe(first.line.policy)
    expect((await second.health()).body.policy).toBe(second.line.policy)
    expect(await (await fetch(`${second.line.broker}/.well-known/jwks.json`)).json()).toEqual(jwks)
    expect((await second.exchange('call-internal-api', { subject_token: replayed })).body).toMatchObject({ code: 'token_replayed' })
    expect((await second.exchange('call-internal-api', { subject_token })).body).toMatchObject({ code: 'audience_wrong' })
    expect(await second.stop()).toBe(0)
  })

  test('is not shared by two: the second says who has it', async () => {
    const state = join(folder, 'shared')
    const first = await DevProcess.ready([EXAMPLE_POLICY, '--state', state])
    const second = new DevProcess([EXAMPLE_POLICY, '--state', state, '--port', '0'])
    expect(await second.exited).toBe(2)
    expect(second.stderr()).toContain(`in use by the process ${first.child.pid}`)
    await first.stop()
  })
})

describe('the secrets of dev', () => {
  const connection = `
connections:
  acme-cloud:
    kind: cloudflare-token
    owner: team-platform
    account_id: 0123456789abcdef0123456789abcdef
    token: { secret: UPSTREAM_CLOUD }
`

  test('come from --secrets or .dev.vars; without them dev runs and /healthz says what is missing', async () => {
    const policy = await policyCopy()
    await writeFile(join(policy, 'cloud.yaml'), connection)
    const cwd = await mkdtemp(join(folder, 'cwd-'))
    const without = await DevProcess.ready([policy], cwd)
    const { status, body } = await without.health()
    expect(status).toBe(503)
    expect(JSON.stringify(body)).toContain('UPSTREAM_CLOUD')
    await without.stop()

    await writeFile(join(cwd, '.dev.vars'), 'UPSTREAM_CLOUD=s3cret-value\nSEALING_KEY=nonsense\n')
    const withFile = await DevProcess.ready([policy], cwd)
    expect((await withFile.health()).status).toBe(200)
    expect(withFile.stderr()).toContain('SEALING_KEY')
    await withFile.stop()
    expect(withFile.stderr() + withFile.stdout()).not.toContain('s3cret-value')
  })

  test('must be readable when they are named', async () => {
    const dev = new DevProcess([EXAMPLE_POLICY, '--secrets', join(folder, 'absent.env'), '--port', '0'])
    expect(await dev.exited).toBe(2)
    expect(dev.stderr()).toContain('absent.env')
  })
})

describe('a dev that cannot start', () => {
  async function failing(...args: string[]): Promise<{ code: unknown; stderr: string; stdout: string }> {
    const dev = new DevProcess(args)
    const code = await dev.exited
    return { code, stderr: dev.stderr(), stdout: dev.stdout() }
  }

  test.each([0, 1])('because one of its ports is taken names the port (the one at +%i)', async (offset) => {
    const blocker = createServer()
    await new Promise<void>((settle) => blocker.listen(0, '127.0.0.1', settle))
    const address = blocker.address()
    const taken = typeof address === 'object' && address !== null ? address.port : 0
    const { code, stderr, stdout } = await failing(EXAMPLE_POLICY, '--port', String(taken - offset))
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`port ${taken} `)
    await new Promise((settle) => blocker.close(settle))
  })

  test('because the policy has errors prints them as check does, and ends with 1', async () => {
    const policy = await policyCopy()
    await writeFile(join(policy, 'broken.yaml'), 'grants:\n  broken: { connection: nowhere }\n')
    const { code, stderr, stdout } = await failing(policy, '--port', '0')
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^broken\.yaml:2:[0-9]+: error /m)
  })

  test.each([
    [['/nowhere/at/all'], 'nowhere'],
    [[], 'DIR is missing'],
    [[EXAMPLE_POLICY, '--port', '70000'], '--port'],
    [[EXAMPLE_POLICY, '--prot', '1'], 'did you mean "--port"'],
  ])('because of its arguments %j ends with 2', async (args, said) => {
    const { code, stderr, stdout } = await failing(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(said)
  })
})

describe('the end of dev', () => {
  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('by %s is orderly: exit 0, nothing running, ports free', async (signal) => {
    const dev = await DevProcess.ready([EXAMPLE_POLICY])
    const children = dev.children()
    expect(children).toHaveLength(1)
    expect(await dev.stop(signal)).toBe(0)
    expect(children.filter(isAlive)).toEqual([])
    expect(await listensOn(portOf(dev.line.broker))).toBe(false)
    expect(await listensOn(portOf(dev.line.issuer))).toBe(false)
  })

  test('by SIGKILL takes workerd with it', async () => {
    const dev = await DevProcess.ready([EXAMPLE_POLICY])
    const children = dev.children()
    expect(await dev.stop('SIGKILL')).toBe('SIGKILL')
    await until(
      () => !children.some(isAlive),
      () => 'workerd outlived dev',
    )
    expect(await listensOn(portOf(dev.line.broker))).toBe(false)
  })

  test('comes when npm, which ran it, is told to stop', async () => {
    const npm = spawn('npm', ['run', '--silent', 'jobpass', '--', 'dev', EXAMPLE_POLICY, '--port', '0'], {
      cwd: join(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const line = await new Promise<string>((settle) => npm.stdout.once('data', (text) => settle(String(text))))
    const port = portOf(JSON.parse(line).broker)
    expect(await listensOn(port)).toBe(true)
    npm.kill('SIGTERM')
    await until(
      async () => !(await listensOn(port)),
      () => 'dev outlived npm',
    )
  })

  test('comes when workerd dies, with a message', async () => {
    const dev = await DevProcess.ready([EXAMPLE_POLICY])
    for (const pid of dev.children()) process.kill(pid, 'SIGKILL')
    expect(await dev.exited).toBe(2)
    expect(dev.stderr()).toContain('workerd ended by itself (SIGKILL)')
  })
})
