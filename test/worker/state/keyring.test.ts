/** The keyring as an object with storage: first uses that race, rotation by alarm, seals that follow the sealing key. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { compactVerify, createLocalJWKSet } from 'jose'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Secret } from '../../../shared/secret.ts'
import { isolateKeys } from '../../../worker/keys/isolate-keys.ts'
import { signJws } from '../../../worker/keys/jws.ts'
import { isKeysUnavailable } from '../../../worker/keys/keys.ts'
import { makeSealing } from '../../../worker/keys/sealing.ts'
import { Keyring } from '../../../worker/state/keyring.ts'
import { ed25519Place, type KeyringPort, signingKeyPlace } from '../../../worker/state/keyring-port.ts'

const DAY_MS = 86_400_000
/** Ahead of the machine's clock, so that no alarm rings by itself. */
const START = Date.parse('2066-11-22T00:00:00Z')
const sealing = makeSealing(new Secret(env.SEALING_KEY), undefined)

let counter = 0
let stub: ReturnType<typeof env.KEYRING.getByName>
let keyring: KeyringPort

beforeEach(() => {
  vi.useFakeTimers({ now: START, toFake: ['Date'] })
  counter += 1
  stub = env.KEYRING.getByName(`keyring ${counter}`)
  keyring = stub
})

afterEach(() => vi.useRealTimers())

async function kidOf(algorithm: 'ES256' | 'RS256'): Promise<string> {
  const key = await keyring.signingKey(algorithm)
  if (!key.ok) throw new Error(key.error.code)
  return key.value.kid
}

async function publishedKids(algorithm: string): Promise<readonly string[]> {
  return (await keyring.publicKeys()).filter(({ alg }) => alg === algorithm).map(({ kid }) => kid)
}

/** The environment of the tests, with some bindings changed. */
function configured(changes: object): typeof env {
  return { ...env, ...changes }
}

/** Rows as they lie in storage. */
function rows(table: string): Promise<Record<string, SqlStorageValue>[]> {
  return runInDurableObject(stub, (_instance, state) => state.storage.sql.exec(`SELECT * FROM ${table}`).toArray())
}

async function passDays(days: number): Promise<void> {
  vi.setSystemTime(Date.now() + days * DAY_MS)
  await runDurableObjectAlarm(stub)
}

describe('a new keyring', () => {
  it('publishes a current and a next key of both algorithms', async () => {
    const keys = await keyring.publicKeys()
    expect(keys.map(({ alg, kty, use }) => `${alg} ${kty} ${use}`)).toEqual([
      'ES256 EC sig',
      'ES256 EC sig',
      'RS256 RSA sig',
      'RS256 RSA sig',
    ])
    expect(new Set(keys.map(({ kid }) => kid)).size).toBe(4)
    expect(await publishedKids('ES256')).toContain(await kidOf('ES256'))
  })

  it('publishes no private member', async () => {
    for (const key of await keyring.publicKeys()) {
      expect(Object.keys(key).filter((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].includes(name))).toEqual([])
    }
  })

  it('makes one key when sixty-four ask at once', async () => {
    const kids = await Promise.all(Array.from({ length: 64 }, () => kidOf('ES256')))
    expect(new Set(kids).size).toBe(1)
    const authorities = await Promise.all(Array.from({ length: 64 }, () => keyring.certificateAuthority('acme-ssh')))
    expect(new Set(authorities.map((found) => found.ok && found.value.publicKey)).size).toBe(1)
  })

  it('makes one current and one next key when the key set is asked for by many at once', async () => {
    const sets = await Promise.all(Array.from({ length: 8 }, () => keyring.publicKeys()))
    expect(new Set(sets.flat().map(({ kid }) => kid)).size).toBe(4)
    expect(await rows('signing_key')).toHaveLength(4)
  })

  it('does not wait for RSA before it signs with ES256, and makes the rest by its alarm', async () => {
    await kidOf('ES256')
    expect((await rows('signing_key')).map(({ algorithm }) => algorithm)).not.toContain('RS256')
    await runDurableObjectAlarm(stub)
    expect((await rows('signing_key')).map(({ algorithm }) => algorithm).sort()).toEqual(['ES256', 'ES256', 'RS256', 'RS256'])
  })

  it('keeps its keys when it is evicted from memory', async () => {
    const before = [await keyring.publicKeys(), await keyring.certificateAuthority('acme-ssh')]
    await evictDurableObject(stub)
    expect([await keyring.publicKeys(), await keyring.certificateAuthority('acme-ssh')]).toEqual(before)
  })

  it('has nothing at rest that is not sealed', async () => {
    await keyring.publicKeys()
    await keyring.certificateAuthority('acme-ssh')
    for (const { sealed } of [...(await rows('signing_key')), ...(await rows('ed25519_key'))]) expect(sealed).toMatch(/^s1\./)
  })

  it('has one CA for each connection', async () => {
    const [one, other] = [await keyring.certificateAuthority('one'), await keyring.certificateAuthority('other')]
    expect(one.ok && other.ok && one.value.publicKey !== other.value.publicKey).toBe(true)
  })

  it('binds each seal to its own row', async () => {
    const [one, other] = [await keyring.certificateAuthority('one'), await keyring.certificateAuthority('other')]
    if (!one.ok || !other.ok) throw new Error('no CA')
    expect(await sealing.open(ed25519Place('ssh-ca:one'), one.value.sealed)).toMatchObject({ ok: true })
    expect(await sealing.open(ed25519Place('ssh-ca:other'), one.value.sealed)).toEqual({ ok: false, error: 'damaged' })
    expect(await sealing.open(signingKeyPlace('one'), one.value.sealed)).toEqual({ ok: false, error: 'damaged' })
  })
})

describe('rotation', () => {
  it('goes from next to current to previous to gone, each at its time', async () => {
    const first = await kidOf('ES256')
    const [, second = ''] = await publishedKids('ES256')
    await runDurableObjectAlarm(stub)

    await passDays(29)
    expect(await kidOf('ES256')).toBe(first)
    expect(await publishedKids('ES256')).toEqual([first, second])

    await passDays(1)
    expect(await kidOf('ES256')).toBe(second)
    const [current, third, previous] = await publishedKids('ES256')
    expect([current, previous]).toEqual([second, first])
    expect(third).not.toBe(first)

    await passDays(0.9)
    expect(await publishedKids('ES256')).toContain(first)
    await passDays(0.2)
    expect(await publishedKids('ES256')).toEqual([second, third])
    expect((await rows('signing_key')).map(({ kid }) => kid)).not.toContain(first)

    await passDays(29)
    expect(await kidOf('ES256')).toBe(third)
  })

  it('switches on time though the alarm is late, and still publishes the key after that for a day before use', async () => {
    await kidOf('ES256')
    const [, second] = await publishedKids('ES256')
    vi.setSystemTime(START + 100 * DAY_MS)
    expect(await kidOf('ES256')).toBe(second)
    await passDays(0)
    const [, third] = await publishedKids('ES256')
    vi.setSystemTime(Date.now() + 0.99 * DAY_MS)
    expect(await kidOf('ES256')).toBe(second)
    vi.setSystemTime(Date.now() + 0.02 * DAY_MS)
    expect(await kidOf('ES256')).toBe(third)
  })

  it('destroys the private half of a key that has left use', async () => {
    const first = await kidOf('ES256')
    await runDurableObjectAlarm(stub)
    await passDays(30)
    expect((await rows('signing_key')).find(({ kid }) => kid === first)).toMatchObject({ sealed: '' })
  })

  it('sets its alarm again after each, never more than a day ahead', async () => {
    await keyring.publicKeys()
    for (const days of [0, 1, 28.5, 0.5, 1]) {
      await passDays(days)
      const due = await runInDurableObject(stub, (_instance, state) => state.storage.getAlarm())
      expect(due).toBeGreaterThan(Date.now())
      expect(due).toBeLessThanOrEqual(Date.now() + DAY_MS)
    }
  })

  it('sets its alarm at the next use when it was lost', async () => {
    await keyring.publicKeys()
    await runInDurableObject(stub, (_instance, state) => state.storage.deleteAlarm())
    await kidOf('ES256')
    expect(await runInDurableObject(stub, (_instance, state) => state.storage.getAlarm())).not.toBeNull()
  })

  it('takes its period from KEY_ROTATION, and refuses one too short to publish ahead', async () => {
    await runInDurableObject(stub, async (_instance, state) => {
      const weekly = new Keyring(state, configured({ KEY_ROTATION: '7d' }))
      await weekly.publicKeys()
      const [current, next] = state.storage.sql
        .exec<{ use_from: number }>("SELECT use_from FROM signing_key WHERE algorithm = 'ES256' ORDER BY use_from")
        .toArray()
      expect((next?.use_from ?? 0) - (current?.use_from ?? 0)).toBe(7 * 86_400)
      for (const KEY_ROTATION of ['1d', '1h', 'often', ''])
        expect(() => new Keyring(state, configured({ KEY_ROTATION }))).toThrow('more than a day')
    })
  })
})

describe('rotating the sealing key', () => {
  const newKey = Buffer.alloc(32, 9).toString('base64')

  it('seals everything again under the new key, and changes no key', async () => {
    const before = [await keyring.publicKeys(), await kidOf('ES256')]
    await keyring.certificateAuthority('acme-ssh')
    await runInDurableObject(stub, async (_instance, state) => {
      const rotating = new Keyring(state, configured({ SEALING_KEY: newKey, SEALING_KEY_PREVIOUS: env.SEALING_KEY }))
      expect(await rotating.signingKey('ES256')).toMatchObject({ ok: true, value: { kid: before[1] } })
      await rotating.alarm()
      const alone = new Keyring(state, configured({ SEALING_KEY: newKey }))
      expect([await alone.publicKeys(), before[1]]).toEqual(before)
      const after = makeSealing(new Secret(newKey), undefined)
      const [key, authority] = [await alone.signingKey('ES256'), await alone.certificateAuthority('acme-ssh')]
      if (!key.ok || !authority.ok) throw new Error('not readable under the new key')
      expect(await after.open(signingKeyPlace(key.value.kid), key.value.sealed)).toMatchObject({ ok: true })
      expect(await after.open(ed25519Place('ssh-ca:acme-ssh'), authority.value.sealed)).toMatchObject({ ok: true })
    })
  })

  it('says so when its keys were sealed under another key, and makes no new ones', async () => {
    await keyring.publicKeys()
    await keyring.certificateAuthority('acme-ssh')
    const before = [await rows('signing_key'), await rows('ed25519_key')]
    await runInDurableObject(stub, async (_instance, state) => {
      const wrong = new Keyring(state, configured({ SEALING_KEY: newKey }))
      const problem = { ok: false, error: { code: 'sealed_under_unknown_key' } }
      expect(await wrong.signingKey('ES256')).toEqual(problem)
      expect(await wrong.certificateAuthority('acme-ssh')).toEqual(problem)
      await wrong.alarm()
    })
    expect([await rows('signing_key'), await rows('ed25519_key')]).toEqual(before)
  })
})

describe('the keys as an isolate holds them', () => {
  const keysOf = (port: KeyringPort) => isolateKeys({ keyring: () => port, sealing, nowMs: () => Date.now() })

  it.each(['ES256', 'RS256'] as const)('sign with %s what anybody can verify with the key set', async (algorithm) => {
    const keys = keysOf(keyring)
    const key = await keys.signingKey(algorithm)
    expect(key.privateKey.extractable).toBe(false)
    const jws = await signJws('at+jwt', { iss: 'x' }, key)
    const { protectedHeader } = await compactVerify(jws, createLocalJWKSet({ keys: [...(await keyring.publicKeys())] }))
    expect(protectedHeader).toEqual({ alg: algorithm, typ: 'at+jwt', kid: await kidOf(algorithm) })
  })

  it('sign as a CA what its public key verifies', async () => {
    const authority = await keysOf(keyring).certificateAuthority('acme-ssh')
    const signature = await authority.sign(new Uint8Array([1, 2, 3]))
    const publicKey = await crypto.subtle.importKey('raw', new Uint8Array(authority.publicKey), { name: 'Ed25519' }, false, ['verify'])
    expect(await crypto.subtle.verify({ name: 'Ed25519' }, publicKey, new Uint8Array(signature), new Uint8Array([1, 2, 3]))).toBe(true)
  })

  it('are fetched once in five minutes, and follow a rotation within them', async () => {
    let calls = 0
    const counted: KeyringPort = new Proxy(keyring, {
      get: (target, name) => {
        if (name === 'signingKey') calls += 1
        return Reflect.get(target, name)
      },
    })
    const keys = keysOf(counted)
    const first = await keys.signingKey('ES256')
    expect((await keys.signingKey('ES256')).kid).toBe(first.kid)
    expect(calls).toBe(1)
    await runDurableObjectAlarm(stub)
    await passDays(30)
    expect((await keys.signingKey('ES256')).kid).not.toBe(first.kid)
    expect(calls).toBe(2)
  })

  it('serve for an hour while the keyring cannot be reached, then are unavailable', async () => {
    let isDown = false
    const overloaded = () => Promise.reject(new Error('the object is overloaded'))
    const keys = keysOf(new Proxy(keyring, { get: (target, name) => (isDown ? overloaded : Reflect.get(target, name)) }))
    const { kid } = await keys.signingKey('ES256')
    isDown = true
    vi.setSystemTime(Date.now() + 59 * 60_000)
    expect((await keys.signingKey('ES256')).kid).toBe(kid)
    vi.setSystemTime(Date.now() + 2 * 60_000)
    for (const call of [() => keys.signingKey('ES256'), () => keys.certificateAuthority('acme-ssh'), () => keys.publicKeys()]) {
      const error = await call().catch((thrown: unknown) => thrown)
      expect(isKeysUnavailable(error)).toBe(true)
    }
  })

  it('are unavailable, and nothing else, when the seal does not open', async () => {
    await keyring.signingKey('ES256')
    const other = isolateKeys({
      keyring: () => keyring,
      sealing: makeSealing(new Secret(Buffer.alloc(32, 9).toString('base64')), undefined),
      nowMs: () => Date.now(),
    })
    const error = await other.signingKey('ES256').catch((thrown: unknown) => thrown)
    expect(isKeysUnavailable(error) && error.message).toBe('a sealed key did not open: unknown_key')
  })
})
