import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { exchangeCommand } from '../../cli/commands/exchange.ts'
import { type LocalIssuer, newIssuerKey, startIssuer } from '../../cli/dev/issuer.ts'
import { testIo } from './io.ts'

const ISSUED = {
  access_token: 'eyJ.the.credential',
  issued_token_type: 'urn:ietf:params:oauth:token-type:jwt',
  token_type: 'Bearer',
  expires_in: 600,
  authorization_details: [{ type: 'jwt', scopes: ['read'] }],
  kind: 'jwt',
  lease_id: '0'.repeat(32),
  policy: 'sha256:abc',
  rule: 'call/0',
}

const REFUSED = {
  error: 'invalid_target',
  error_description: 'The grant was refused.\u001b[31m',
  code: 'grant_refused',
  decision_id: 'd-1',
  reasons: [{ rule: 'call/0', attribute: 'ref', seen: 'refs/heads/x', hint: 'only the case differs' }],
}

let issuer: LocalIssuer
let server: Server
let broker: string
let forms: URLSearchParams[] = []
let answer: (response: ServerResponse, request: IncomingMessage) => void

beforeAll(async () => {
  issuer = await startIssuer(0, await newIssuerKey())
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    forms.push(new URLSearchParams(body))
    answer(response, request)
  })
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle))
  const address = server.address()
  broker = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
})

afterAll(async () => {
  await issuer.stop()
  server.closeAllConnections()
  await new Promise((settle) => server.close(settle))
})

beforeEach(() => {
  forms = []
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', issuer.idTokenRequestUrl)
  vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', issuer.idTokenRequestToken)
  answerWith(200, ISSUED)
})

afterEach(() => {
  vi.unstubAllEnvs()
})

function answerWith(status: number, body: unknown, headers: Record<string, string> = {}): void {
  answer = (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

async function run(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const io = testIo()
  const code = await exchangeCommand(['--broker', broker, '--grant', 'call', ...args], io)
  return { code, out: io.out(), errors: io.errors() }
}

describe('jobpass exchange', () => {
  test('sends the ask as RFC 8693 wants it and prints the answer as it came', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await writeFile(join(folder, 'key.pub'), 'ssh-ed25519 AAAA me\n')
    const { code, out, errors } = await run(
      '--scope',
      '{"scopes": ["read"]}',
      '--ttl',
      '10m',
      '--reason',
      'try',
      '--public-key',
      join(folder, 'key.pub'),
    )
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(JSON.parse(out)).toEqual(ISSUED)
    const form = Object.fromEntries(forms[0] ?? [])
    expect(form).toMatchObject({
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      audience: 'call',
      authorization_details: '[{"scopes":["read"]}]',
      ttl: '600',
      reason: 'try',
      public_key: 'ssh-ed25519 AAAA me',
    })
    const [, payload = ''] = (form.subject_token ?? '').split('.')
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({ aud: broker })
  })

  test('takes the ID token from a variable, as GitLab gives it, and asks no endpoint', async () => {
    const token = await issuer.sign({ project_path: 'acme/app' }, broker)
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', '')
    vi.stubEnv('JOBPASS_ID_TOKEN', token)
    expect(await run('--token-env', 'JOBPASS_ID_TOKEN')).toMatchObject({ code: 0, errors: '' })
    expect(forms[0]?.get('subject_token')).toBe(token)
  })

  test.each<[string, Record<string, string>, string[], string]>([
    ['is not there', {}, [], 'the variable JOBPASS_ID_TOKEN is not set'],
    ['is empty', { JOBPASS_ID_TOKEN: '' }, [], 'id_tokens: { JOBPASS_ID_TOKEN: { aud: … } }'],
    ['holds something else', { JOBPASS_ID_TOKEN: 'glpat-secret' }, [], 'the variable JOBPASS_ID_TOKEN holds no ID token'],
    ['has an aud of its own', { JOBPASS_ID_TOKEN: 'a.b.c' }, ['--audience', 'x'], '--audience: a token in a variable has its aud already'],
  ])('says what to do when the variable %s, and shows nothing of it', async (_case, env, args, told) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    const { code, out, errors } = await run('--token-env', 'JOBPASS_ID_TOKEN', ...args)
    expect({ code, out, sent: forms.length }).toEqual({ code: 2, out: '', sent: 0 })
    expect(errors).toContain(told)
    expect(errors).not.toContain('glpat-secret')
  })

  test('prints the token alone with --format token, and leaves out what was not asked', async () => {
    const { out } = await run('--format', 'token', '--ttl', '90')
    expect(out).toBe('eyJ.the.credential\n')
    expect([...(forms[0]?.keys() ?? [])].sort()).toEqual(['audience', 'grant_type', 'subject_token', 'subject_token_type', 'ttl'])
    expect(forms[0]?.get('ttl')).toBe('90')
  })

  test('ends with 4 at a refusal and tells attribute and decision id, with nothing that steers the terminal', async () => {
    answerWith(400, REFUSED)
    const { code, out, errors } = await run()
    expect({ code, out }).toEqual({ code: 4, out: '' })
    expect(errors).toContain('grant_refused')
    expect(errors).toContain('call/0: ref is "refs/heads/x" (only the case differs)')
    expect(errors).toContain('decision d-1')
    expect(errors).not.toContain('\u001b')
  })

  test.each([
    [429, { error: 'temporarily_unavailable', code: 'limit_reached' }, 4],
    [503, { error: 'temporarily_unavailable', code: 'frozen' }, 2],
    [500, { error: 'server_error' }, 2],
  ])('ends after status %i with the code that says who failed', async (status, body, expected) => {
    answerWith(status, body, { 'retry-after': '7' })
    const { code, errors } = await run()
    expect(code).toBe(expected)
    expect(errors).toContain('try again in 7 s')
  })

  test.each([
    ['garbage', 200, '<html>'],
    ['an answer that misses members', 200, { access_token: 'x' }],
    ['an error that is none', 400, '[]'],
  ])('ends with 2 at %s', async (_, status, body) => {
    answerWith(status, body)
    const { code, out } = await run()
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })

  test('follows no redirect: the token goes nowhere else', async () => {
    answerWith(307, '', { location: `${broker}/elsewhere` })
    const { code, errors } = await run()
    expect(code).toBe(2)
    expect(errors).toContain('redirect')
    expect(forms).toHaveLength(1)
  })

  test('names every bad option and asks nobody', async () => {
    const { code, errors } = await run('--scope', '[]', '--ttl', 'soon', '--format', 'xml', '--public-key', '/nowhere.pub')
    expect(code).toBe(2)
    for (const option of ['--scope', '--ttl', '--format', '--public-key']) expect(errors).toContain(option)
    expect(forms).toEqual([])
  })

  test.each([
    'http://broker.example.com',
    'ftp://127.0.0.1',
    'nonsense',
    'https://u:p@broker.example.com',
    'https://broker.example.com/path',
  ])('sends no token to %s', async (url) => {
    const io = testIo()
    expect(await exchangeCommand(['--broker', url, '--grant', 'call'], io)).toBe(2)
    expect(io.errors()).toContain('--broker')
  })

  test('explains where an ID token comes from when the environment offers none', async () => {
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', '')
    const { code, errors } = await run()
    expect(code).toBe(2)
    expect(errors).toContain('id-token: write')
  })

  test('says so when the ID token is not given', async () => {
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'wrong')
    const { code, errors } = await run()
    expect(code).toBe(2)
    expect(errors).toContain('answers 401')
  })
})
