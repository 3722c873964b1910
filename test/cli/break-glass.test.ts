/** Break-glass: two people open what neither opens alone, offline, before its end; and what was opened is reported. */
import { generateKeyPairSync, type KeyObject, webcrypto } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { breakGlassCommand } from '../../cli/commands/break-glass.ts'
import { type Envelope, envelopeSchema } from '../../shared/break-glass.ts'
import { canonicalJson } from '../../shared/json.ts'
import { testIo } from './io.ts'

const CREDENTIAL = '-----BEGIN KEY-----\nplanted ✓\n-----END KEY-----\n'
const UNTIL = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString()

const [jane, joe, eve] = [generateKeyPairSync('x25519'), generateKeyPairSync('x25519'), generateKeyPairSync('x25519')]
let folder: string

async function keep(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text)
  return name
}

const pemOf = (key: KeyObject): string => key.export({ type: key.type === 'private' ? 'pkcs8' : 'spki', format: 'pem' }).toString()

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
  for (const [name, pair] of Object.entries({ jane, joe, eve })) {
    await keep(`${name}.pub`, pemOf(pair.publicKey))
    await keep(`${name}.pem`, pemOf(pair.privateKey))
  }
  await keep('rsa.pem', pemOf(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey))
  await keep('locked.pem', jane.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }).toString())
  await keep('credential', CREDENTIAL)
})

afterAll(() => rm(folder, { recursive: true, force: true }))
afterEach(() => vi.useRealTimers())

async function run(...args: string[]): Promise<{ code: number; out: string; errors: string }> {
  const io = testIo(folder)
  const code = await breakGlassCommand(args, io)
  return { code, out: io.out(), errors: io.errors() }
}

const SEAL = ['seal', 'credential', '--name', 'acme deploy key', '--until', UNTIL, '--first', 'jane=jane.pub', '--second', 'joe=joe.pub']

async function sealed(): Promise<Envelope> {
  const { code, out } = await run(...SEAL)
  expect(code).toBe(0)
  return envelopeSchema.parse(JSON.parse(out))
}

const open = async (envelope: object, key: string) => run('open', await keep('tried.json', JSON.stringify(envelope)), '--key', key)

async function halfOpen(): Promise<Envelope> {
  return envelopeSchema.parse(JSON.parse((await open(await sealed(), 'jane.pem')).out))
}

describe('an envelope', () => {
  test('is opened by the first and then the second, and holds the very bytes', async () => {
    const envelope = await sealed()
    expect(JSON.stringify(envelope)).not.toContain('planted')
    const first = await open(envelope, 'jane.pem')
    expect([first.code, first.out.includes('planted'), first.errors]).toEqual([
      0,
      false,
      'half open: now joe opens this with their own key\n',
    ])
    const second = await open(JSON.parse(first.out), 'joe.pem')
    expect([second.code, second.out]).toEqual([0, CREDENTIAL])
    expect(second.errors).toContain(envelope.id)
  })

  test.each<[string, () => Promise<Envelope>, string]>([
    ['the second before the first', sealed, 'joe.pem'],
    ['a stranger', sealed, 'eve.pem'],
    ['the first alone', halfOpen, 'jane.pem'],
    ['a stranger who has what the first opened', halfOpen, 'eve.pem'],
  ])('is not opened by %s', async (_name, envelope, key) => {
    const { code, out, errors } = await open(await envelope(), key)
    expect([code, out]).toEqual([4, ''])
    expect(errors).toMatch(/the next layer is (jane|joe)'s/)
  })

  test('is not opened by a stranger who writes their own key in', async () => {
    const envelope = await sealed()
    const own = envelopeSchema.parse(
      JSON.parse((await run(...SEAL.slice(0, -4), '--first', 'jane=eve.pub', '--second', 'joe=joe.pub')).out),
    )
    const { code, out, errors } = await open({ ...envelope, people: own.people }, 'eve.pem')
    expect([code, out]).toEqual([4, ''])
    expect(errors).toContain('does not open')
  })

  const other = 'f'.repeat(32)
  test.each<[string, (envelope: Envelope) => object]>([
    ['its end', (envelope) => ({ ...envelope, until: new Date(Date.now() + 90 * 24 * 3_600_000).toISOString() })],
    ['its name', (envelope) => ({ ...envelope, name: 'something harmless' })],
    ['its id', (envelope) => ({ ...envelope, id: other })],
    ['a person', ({ people: [first, second], ...rest }) => ({ ...rest, people: [first, { ...second, person: 'eve' }] })],
    ['when it was sealed', (envelope) => ({ ...envelope, sealed_at: '2020-01-01T00:00:00Z' })],
    ['its text', ({ ciphertext, ...rest }) => ({ ...rest, ciphertext: flipped(ciphertext) })],
    ['its tag', ({ ciphertext, ...rest }) => ({ ...rest, ciphertext: `${ciphertext.slice(0, -6)}AAAA${ciphertext.slice(-2)}` })],
    ['its length', ({ ciphertext, ...rest }) => ({ ...rest, ciphertext: ciphertext.slice(0, 12) })],
    ['the key of its layer', ({ ephemeral, ...rest }) => ({ ...rest, ephemeral: flipped(ephemeral) })],
    ['the key of its layer, to one of no order', (envelope) => ({ ...envelope, ephemeral: Buffer.alloc(32).toString('base64url') })],
  ])('that was changed does not open: %s', async (_name, change) => {
    for (const [envelope, key] of [[await sealed(), 'jane.pem'] as const, [await halfOpen(), 'joe.pem'] as const]) {
      const { code, out, errors } = await open(change(envelope), key)
      expect([code, out]).toEqual([4, ''])
      expect(errors).toContain('does not open')
    }
  })

  test('does not take the second layer for the first, nor the layer of another envelope', async () => {
    const [one, two] = [await halfOpen(), await halfOpen()]
    expect((await open({ ...one, ephemeral: two.ephemeral, ciphertext: two.ciphertext }, 'joe.pem')).code).toBe(4)
    expect((await open({ ...one, layer: 0, people: [one.people[1], one.people[0]] }, 'joe.pem')).code).toBe(4)
  })

  test('is never the same twice', async () => {
    const [one, two] = [await sealed(), await sealed()]
    expect(one.id === two.id || one.ephemeral === two.ephemeral || one.ciphertext === two.ciphertext).toBe(false)
  })

  test('is closed after its end', async () => {
    const envelope = await sealed()
    vi.useFakeTimers({ now: Date.parse(UNTIL) + 1, toFake: ['Date'] })
    const { code, out, errors } = await open(envelope, 'jane.pem')
    expect([code, out]).toEqual([4, ''])
    expect(errors).toContain('ended on')
  })

  /** Written from docs/break-glass.md with another library, so that an envelope can be opened without ours. */
  test('opens as the document says, by other means', async () => {
    const { subtle } = webcrypto
    const layer = async (envelope: Envelope, pair: typeof jane): Promise<string> => {
      const { ephemeral, ciphertext, ...header } = envelope
      const raw = Buffer.from(ephemeral, 'base64url')
      const own = await subtle.importKey('pkcs8', pair.privateKey.export({ type: 'pkcs8', format: 'der' }), 'X25519', false, ['deriveBits'])
      const theirs = await subtle.importKey('raw', raw, 'X25519', false, [])
      const secret = await subtle.importKey('raw', await subtle.deriveBits({ name: 'X25519', public: theirs }, own, 256), 'HKDF', false, [
        'deriveBits',
      ])
      const salt = Buffer.concat([raw, Buffer.from(pair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')])
      const info = Buffer.from('jobpass break-glass 1')
      const bytes = Buffer.from(await subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, secret, 352))
      const key = await subtle.importKey('raw', bytes.subarray(0, 32), 'AES-GCM', false, ['decrypt'])
      const additionalData = Buffer.from(canonicalJson(header))
      const text = await subtle.decrypt(
        { name: 'AES-GCM', iv: bytes.subarray(32), additionalData },
        key,
        Buffer.from(ciphertext, 'base64url'),
      )
      return Buffer.from(text).toString()
    }
    const envelope = await sealed()
    const inner = { ...envelope, layer: 1 as const, ...JSON.parse(await layer(envelope, jane)) }
    expect(await layer(inner, joe)).toBe(CREDENTIAL)
  })
})

function flipped(text: string): string {
  const bytes = Buffer.from(text, 'base64url')
  bytes[0] = (bytes[0] ?? 0) ^ 1
  return bytes.toString('base64url')
}

describe('jobpass break-glass', () => {
  const changed = (option: string, value: string): string[] => SEAL.map((word, index) => (SEAL[index - 1] === option ? value : word))

  test.each<[string, string[], string]>([
    ['nothing', [], 'seal, open or reconcile is missing'],
    ['another action', ['unseal'], 'no action "unseal"'],
    ['one person twice', changed('--second', 'jane=joe.pub'), 'two people'],
    ['one key twice', changed('--second', 'joe=jane.pub'), 'two people'],
    ['a person without a key', changed('--second', 'joe'), 'PERSON=KEY.pub'],
    ['a key of another sort', changed('--second', 'joe=rsa.pem'), 'expected an X25519 key'],
    ['a key that is not there', changed('--second', 'joe=nobody.pub'), 'nobody.pub'],
    ['an end that is over', changed('--until', '2020-01-01T00:00:00Z'), '--until'],
    ['an end in years', changed('--until', '2099-01-01T00:00:00Z'), 'at most a year'],
    ['an end by the calendar alone', changed('--until', '2027-01-01'), '--until'],
    ['a name of two lines', changed('--name', 'a\nb'), '--name'],
    ['no credential', ['seal', 'missing', ...SEAL.slice(2)], 'missing'],
  ])('with %s seals nothing and says what is wrong', async (_name, args, sentence) => {
    const { code, out, errors } = await run(...args)
    expect([code, out]).toEqual([2, ''])
    expect(errors).toContain(sentence)
  })

  test('opens with no key that is locked, of another sort or missing, and no file that is no envelope', async () => {
    const path = await keep('envelope.json', JSON.stringify(await sealed()))
    for (const key of ['locked.pem', 'rsa.pem', 'nobody.pem', 'jane.pub']) expect((await run('open', path, '--key', key)).code).toBe(2)
    for (const text of ['', '{}', '[]', 'null']) expect((await run('open', await keep('x.json', text), '--key', 'jane.pem')).code).toBe(2)
  })
})

describe('jobpass break-glass reconcile', () => {
  let broker: Server
  let origin: string
  let status = 200
  const reports: { path: string; authorization: string; body: unknown }[] = []

  beforeAll(async () => {
    broker = createServer((request, response) => {
      if (request.url?.startsWith('/token') === true) return void response.end(JSON.stringify({ value: 'an.id.token' }))
      let text = ''
      request.on('data', (chunk) => (text += chunk))
      request.on('end', () => {
        reports.push({ path: request.url ?? '', authorization: request.headers.authorization ?? '', body: JSON.parse(text) })
        response.writeHead(status, { 'content-type': 'application/problem+json' }).end(JSON.stringify({ title: 'Not allowed' }))
      })
    })
    await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve))
    const address = broker.address()
    if (typeof address !== 'object' || address === null) throw new Error('the stand-in does not listen')
    origin = `http://127.0.0.1:${address.port}`
  })
  afterAll(() => broker.close())
  afterEach(() => vi.unstubAllEnvs())

  const reconcile = async (...more: string[]) => {
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', `${origin}/token?x=1`)
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'x')
    const path = await keep('used.json', JSON.stringify(await sealed()))
    return run('reconcile', path, '--broker', origin, '--reason', 'the broker was down', ...more)
  }

  test('reports who opened what, when and why, and nothing of what is inside', async () => {
    const { code, out } = await reconcile('--opened-at', '2026-11-22T01:44:32Z')
    expect([code, out]).toEqual([0, expect.stringMatching(/^on record: [0-9a-f]{32}\n$/)])
    expect(reports.at(-1)).toEqual({
      path: '/break-glass',
      authorization: 'Bearer an.id.token',
      body: {
        envelope: out.slice(11, -1),
        name: 'acme deploy key',
        people: ['jane', 'joe'],
        opened_at: '2026-11-22T01:44:32Z',
        reason: 'the broker was down',
      },
    })
  })

  test('says what the broker says, and what is wrong with the words', async () => {
    status = 403
    expect(await reconcile('--opened-at', '2026-11-22T01:44:32Z')).toMatchObject({
      code: 4,
      errors: expect.stringContaining('Not allowed'),
    })
    status = 503
    expect((await reconcile('--opened-at', '2026-11-22T01:44:32Z')).code).toBe(2)
    expect((await reconcile('--opened-at', 'yesterday')).code).toBe(2)
  })
})
