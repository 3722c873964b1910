/** The keyring in the hands of operators: rotation by command and by age, revocation, what is put on record, what an earlier version left behind. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Secret } from '../../../shared/secret.ts'
import { ed25519Kid } from '../../../worker/keys/ed25519-id.ts'
import { makeEd25519Key } from '../../../worker/keys/key-pairs.ts'
import type { KeyName } from '../../../worker/keys/keys.ts'
import { makeSealing } from '../../../worker/keys/sealing.ts'
import { Keyring } from '../../../worker/state/keyring.ts'
import type { KeyPhase, KeyringPort, KeyState } from '../../../worker/state/keyring-port.ts'
import { entriesOf } from '../harness.ts'

const DAY_MS = 86_400_000
/** Ahead of the machine's clock, so that no alarm rings by itself. */
const START = Date.parse('2066-11-22T00:00:00Z')
const WHO = { by: 'acme-admin/operator@refs/heads/main', reason: 'drill' }

let counter = 0
let acts = 0
let stub: ReturnType<typeof env.KEYRING.getByName>
let keyring: KeyringPort

beforeEach(() => {
  vi.useFakeTimers({ now: START, toFake: ['Date'] })
  counter += 1
  stub = env.KEYRING.getByName(`acts ${counter}`)
  keyring = stub
})

afterEach(() => vi.useRealTimers())

/** The environment of the tests, with some bindings changed. */
function configured(changes: object): typeof env {
  return { ...env, ...changes }
}

const tend = () => runDurableObjectAlarm(stub)

async function passDays(days: number): Promise<void> {
  vi.setSystemTime(Date.now() + days * DAY_MS)
  await tend()
}

function rotate(key: KeyName, atOnce = false, act = String(acts++)) {
  return keyring.rotate({ key, atOnce, act, ...WHO })
}

async function statesOf(key: KeyName): Promise<readonly KeyState[]> {
  return (await keyring.keys()).filter((state) => state.key === key)
}

async function kidIn(key: KeyName, phase: KeyPhase): Promise<string> {
  return (await statesOf(key)).find((state) => state.phase === phase)?.kid ?? `no ${phase} key`
}

/** What this test's keyring has put on record, without what every entry has. */
async function recorded(before: number) {
  const entries = (await entriesOf('v1:authorities')).slice(before).filter(({ type }) => type === 'key_rotated')
  return entries.map(({ key, algorithm, kid, replaces, why, by, reason }) => ({ key, algorithm, kid, replaces, why, by, reason }))
}

const recordLength = async () => (await entriesOf('v1:authorities')).length

const NAMES = ['signing:ES256', 'signing:RS256', 'ssh-ca:hosts', 'checkpoint'] as const

async function makeAll(): Promise<void> {
  await keyring.certificateAuthority('hosts')
  await keyring.checkpointKey()
  await tend()
}

describe('a rotation by command', () => {
  it.each([
    ['signing:ES256', 1],
    ['signing:RS256', 1],
    ['ssh-ca:hosts', 30],
    ['checkpoint', 1],
  ] as const)('of %s waits until the next key has been published for %i days', async (key, days) => {
    await makeAll()
    const [first, second] = [await kidIn(key, 'current'), await kidIn(key, 'next')]
    expect(await rotate(key)).toEqual({ ok: true, value: { kid: second, replaces: first, signsFrom: START / 1000 + days * 86_400 } })
    await passDays(days - 0.01)
    expect(await kidIn(key, 'current')).toBe(first)
    await passDays(0.01)
    expect([await kidIn(key, 'current'), await kidIn(key, 'previous')]).toEqual([second, first])
    expect(await kidIn(key, 'next')).not.toBe('no next key')
  })

  it.each(NAMES)('of %s waits for nothing when the next key has been published long enough', async (key) => {
    await makeAll()
    const second = await kidIn(key, 'next')
    await passDays(40 - 11)
    vi.setSystemTime(Date.now() + DAY_MS * 0.9)
    const published = await kidIn(key, 'next')
    const rotated = await rotate(key)
    expect(published).toBe(second)
    if (key === 'ssh-ca:hosts') expect(rotated).toMatchObject({ value: { signsFrom: START / 1000 + 30 * 86_400 } })
    else expect([rotated.ok, await kidIn(key, 'current')]).toEqual([true, second])
  })

  it.each(NAMES)('of %s at once waits for nothing', async (key) => {
    await makeAll()
    const [first, second] = [await kidIn(key, 'current'), await kidIn(key, 'next')]
    expect(await rotate(key, true)).toMatchObject({ ok: true, value: { kid: second } })
    expect([await kidIn(key, 'current'), await kidIn(key, 'previous')]).toEqual([second, first])
  })

  it('that is tried again is one rotation, also after the object was evicted', async () => {
    await makeAll()
    const first = await rotate('signing:ES256', true, 'one act')
    expect(await rotate('signing:ES256', true, 'one act')).toEqual(first)
    await evictDurableObject(stub)
    await tend()
    expect(await rotate('signing:ES256', true, 'one act')).toEqual(first)
    const other = await rotate('signing:ES256', true, 'another act')
    expect(other).not.toEqual(first)
  })

  it('many times in one second leaves one key that signs', async () => {
    await makeAll()
    for (let n = 0; n < 4; n++) {
      const rotated = await rotate('ssh-ca:hosts', true)
      expect(rotated.ok && rotated.value.kid).toBe(await kidIn('ssh-ca:hosts', 'current'))
    }
  })

  it('does not move a key that is about to sign to a later time', async () => {
    await makeAll()
    vi.setSystemTime(START + 29.5 * DAY_MS)
    expect(await rotate('signing:ES256')).toMatchObject({ value: { signsFrom: expect.any(Number) } })
    expect((await rotate('ssh-ca:hosts')).ok).toBe(true)
    const again = await rotate('ssh-ca:hosts')
    expect(again).toMatchObject({ ok: true, value: { signsFrom: START / 1000 + 30 * 86_400 } })
  })

  it('of a CA that nobody has used is refused, and makes none', async () => {
    expect(await rotate('ssh-ca:nobody')).toEqual({ ok: false, error: { code: 'no_such_key' } })
    expect((await keyring.keys()).filter(({ key }) => key.startsWith('ssh-ca:'))).toEqual([])
  })
})

describe('a CA', () => {
  it('is published with its successor from the first, signs for a year, and stays published for a day after', async () => {
    await keyring.certificateAuthority('hosts')
    const [first, second] = await keyring.publicEd25519Keys('ssh-ca:hosts')
    await tend()
    await passDays(364.9)
    expect(await keyring.certificateAuthority('hosts')).toMatchObject({ value: { publicKey: first } })
    await passDays(0.1)
    expect(await keyring.certificateAuthority('hosts')).toMatchObject({ value: { publicKey: second } })
    const [current, third, previous, ...rest] = await keyring.publicEd25519Keys('ssh-ca:hosts')
    expect([current, previous, rest]).toEqual([second, first, []])
    await passDays(1.1)
    expect(await keyring.publicEd25519Keys('ssh-ca:hosts')).toEqual([second, third])
  })

  it('takes period and overlap from the configuration', async () => {
    await runInDurableObject(stub, async (_instance, state) => {
      const monthly = new Keyring(state, configured({ CA_ROTATION: '60d', CA_OVERLAP: '14d' }))
      await monthly.publicEd25519Keys('ssh-ca:hosts')
      const ordered = await monthly.rotate({ key: 'ssh-ca:hosts', atOnce: false, act: 'x', ...WHO })
      const states = (await monthly.keys()).filter(({ key }) => key === 'ssh-ca:hosts')
      expect(states.map(({ since }) => since - START / 1000)).toEqual([0, 14 * 86_400])
      expect(ordered).toMatchObject({ value: { signsFrom: START / 1000 + 14 * 86_400 } })
    })
  })
})

describe('the checkpoint key', () => {
  it('stays published for ever, so that an old checkpoint can be checked', async () => {
    await makeAll()
    const first = await kidIn('checkpoint', 'current')
    for (let year = 0; year < 3; year++) await passDays(366)
    const states = await statesOf('checkpoint')
    expect(states.map(({ phase }) => phase).sort()).toEqual(['current', 'next', 'previous', 'previous', 'previous'])
    expect(states.find(({ kid }) => kid === first)).toMatchObject({ phase: 'previous', sealedUnder: 'nothing' })
    expect(await keyring.publicEd25519Keys('checkpoint')).toHaveLength(5)
  })
})

describe('a revocation', () => {
  it.each(NAMES)('of the %s that signs lets the next one sign at once', async (key) => {
    await makeAll()
    const [first, second] = [await kidIn(key, 'current'), await kidIn(key, 'next')]
    expect(await keyring.revoke({ kid: first, ...WHO })).toEqual({ ok: true, value: { key, successor: second } })
    expect([await kidIn(key, 'current'), await kidIn(key, 'revoked')]).toEqual([second, first])
    const published = [...(await keyring.publicKeys()).map(({ kid }) => kid), ...(await keyring.publicEd25519Keys('ssh-ca:hosts'))]
    expect(published).not.toContain(first)
    await tend()
    const states = await statesOf(key)
    expect(states.map(({ phase }) => phase).sort()).toEqual(['current', 'next', 'revoked'])
  })

  it('destroys the key in every table, and a start of the object does not bring it back', async () => {
    await makeAll()
    const before = await keyring.certificateAuthority('hosts')
    const kid = await kidIn('ssh-ca:hosts', 'current')
    await keyring.revoke({ kid, ...WHO })
    const lying = await runInDurableObject(stub, (_instance, state) =>
      ['signing_key', 'ed25519_key', 'ssh_authority'].flatMap((table) => state.storage.sql.exec(`SELECT * FROM ${table}`).toArray()),
    )
    if (!before.ok) throw new Error('no CA')
    expect(JSON.stringify(lying)).not.toContain(before.value.sealed)
    expect(JSON.stringify(lying)).not.toContain(before.value.publicKey)
    await evictDurableObject(stub)
    expect(await keyring.certificateAuthority('hosts')).not.toEqual(before)
    expect(await kidIn('ssh-ca:hosts', 'revoked')).toBe(kid)
  })

  it('of a next or previous key changes nothing about who signs', async () => {
    await makeAll()
    await rotate('signing:ES256', true)
    await tend()
    const current = await kidIn('signing:ES256', 'current')
    for (const phase of ['next', 'previous'] as const) {
      const kid = await kidIn('signing:ES256', phase)
      expect(await keyring.revoke({ kid, ...WHO })).toEqual({ ok: true, value: { key: 'signing:ES256', successor: current } })
      expect((await keyring.publicKeys()).map((jwk) => jwk.kid)).not.toContain(kid)
    }
    expect(await kidIn('signing:ES256', 'current')).toBe(current)
  })

  it('again is the same one', async () => {
    await makeAll()
    const kid = await kidIn('signing:ES256', 'current')
    const answers = await Promise.all(Array.from({ length: 8 }, () => keyring.revoke({ kid, ...WHO })))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect((await statesOf('signing:ES256')).filter(({ phase }) => phase === 'revoked')).toHaveLength(1)
    expect(await keyring.revoke({ kid: 'nobody', ...WHO })).toEqual({ ok: false, error: { code: 'no_such_key' } })
  })

  it('of a key whose successor was never made makes one', async () => {
    const first = await keyring.signingKey('ES256')
    if (!first.ok) throw new Error('no key')
    const revoked = await keyring.revoke({ kid: first.value.kid, ...WHO })
    const now = await keyring.signingKey('ES256')
    expect(revoked).toMatchObject({ ok: true, value: { successor: now.ok && now.value.kid } })
    expect(now.ok && now.value.kid).not.toBe(first.value.kid)
  })
})

describe('what is put on record', () => {
  it('is each key that takes over: by age, by command, by revocation, and who wanted it', async () => {
    await makeAll()
    const before = await recordLength()
    const ids = [await kidIn('signing:ES256', 'current'), await kidIn('signing:ES256', 'next')]
    await passDays(30)
    ids.push(await kidIn('signing:ES256', 'next'))
    await rotate('signing:ES256', true)
    await tend()
    ids.push(await kidIn('signing:ES256', 'next'))
    await keyring.revoke({ kid: ids[2] ?? '', ...WHO })
    await tend()
    const [first, second, third, fourth] = ids
    const name = { key: 'signing:ES256', algorithm: 'ES256' }
    expect((await recorded(before)).filter(({ key }) => key === 'signing:ES256')).toEqual([
      { ...name, kid: second, replaces: first, why: 'age', by: 'keyring', reason: undefined },
      { ...name, kid: third, replaces: second, why: 'command', ...WHO },
      { ...name, kid: fourth, replaces: third, why: 'revoked', ...WHO },
    ])
  })

  it('is written once, and written later when the ledger cannot be reached', async () => {
    await makeAll()
    const before = await recordLength()
    await rotate('checkpoint', true)
    await runInDurableObject(stub, async (_instance, state) => {
      const LEDGER = { getByName: () => new Proxy(env.LEDGER.getByName('x'), { get: () => () => Promise.reject(new Error('down')) }) }
      await expect(new Keyring(state, { ...env, LEDGER }).alarm()).rejects.toThrow('down')
    })
    expect(await recorded(before)).toEqual([])
    await tend()
    await passDays(0)
    expect(await recorded(before)).toMatchObject([{ key: 'checkpoint', algorithm: 'Ed25519', why: 'command' }])
  })

  it('is nothing for the first key of a name', async () => {
    const before = await recordLength()
    await makeAll()
    await tend()
    expect(await recorded(before)).toEqual([])
  })
})

describe('a keyring of the first version', () => {
  /** As that version wrote it, and nothing else. */
  async function firstVersion(): Promise<{ readonly hosts: string; readonly checkpoint: string }> {
    const sealing = makeSealing(new Secret(env.SEALING_KEY), undefined)
    const made = { hosts: await makeEd25519Key(), '@checkpoint': await makeEd25519Key() }
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
    await runInDurableObject(stub, async (_instance, state) => {
      for (const table of ['ed25519_key', 'succession']) state.storage.sql.exec(`DROP TABLE ${table}`)
      for (const [name, { publicKey, pkcs8 }] of Object.entries(made)) {
        const values = [name, base64(publicKey), await sealing.seal(`ssh-ca/${name}`, pkcs8)]
        state.storage.sql.exec('INSERT INTO ssh_authority (connection, public_key, sealed) VALUES (?, ?, ?)', ...values)
      }
    })
    await evictDurableObject(stub)
    return { hosts: base64(made.hosts.publicKey), checkpoint: base64(made['@checkpoint'].publicKey) }
  }

  it('keeps its CAs and its checkpoint key, each under what it is for, and counts their age from now', async () => {
    const { hosts, checkpoint } = await firstVersion()
    expect(await keyring.certificateAuthority('hosts')).toMatchObject({ value: { publicKey: hosts } })
    expect(await keyring.checkpointKey()).toMatchObject({ value: { publicKey: checkpoint } })
    expect(await kidIn('checkpoint', 'current')).toBe(ed25519Kid('checkpoint', Buffer.from(checkpoint, 'base64')))
    await passDays(364)
    expect(await keyring.certificateAuthority('hosts')).toMatchObject({ value: { publicKey: hosts } })
  })

  it('finds the key that signs where it looks for it, should somebody go back to it', async () => {
    await firstVersion()
    await makeAll()
    await rotate('ssh-ca:hosts', true)
    await tend()
    const current = await keyring.certificateAuthority('hosts')
    if (!current.ok) throw new Error('no CA')
    const rows = await runInDurableObject(stub, (_instance, state) => state.storage.sql.exec('SELECT * FROM ssh_authority').toArray())
    expect(rows).toContainEqual({ connection: 'hosts', public_key: current.value.publicKey, sealed: current.value.sealed })
  })
})

describe('under a wrong sealing key', () => {
  it('nothing is made, rotated or lost, and what can be is revoked', async () => {
    await makeAll()
    const before = await keyring.keys()
    await runInDurableObject(stub, async (_instance, state) => {
      const wrong = new Keyring(state, configured({ SEALING_KEY: Buffer.alloc(32, 9).toString('base64') }))
      for (const key of NAMES)
        expect(await wrong.rotate({ key, atOnce: true, act: key, ...WHO })).toEqual({
          ok: false,
          error: { code: 'sealed_under_unknown_key' },
        })
      expect(await wrong.certificateAuthority('another')).toEqual({ ok: false, error: { code: 'sealed_under_unknown_key' } })
      vi.setSystemTime(START + 30.5 * DAY_MS)
      await wrong.alarm()
      expect(await state.storage.getAlarm()).toBeGreaterThan(Date.now() + 50_000)
      expect(await wrong.reseal()).toEqual({ resealed: 0, underPrevious: 0, unreadable: expect.any(Number) })
      expect((await wrong.keys()).map(({ kid }) => kid).sort()).toEqual(before.map(({ kid }) => kid).sort())
      const kid = (await wrong.keys()).find(({ key, phase }) => key === 'signing:ES256' && phase === 'current')?.kid ?? ''
      expect(await wrong.revoke({ kid, ...WHO })).toEqual({ ok: true, value: { key: 'signing:ES256', successor: null } })
      expect((await wrong.publicKeys()).map((jwk) => jwk.kid)).not.toContain(kid)
    })
  })

  it('a new one seals everything again by command, and says when the old one holds nothing', async () => {
    await makeAll()
    await rotate('ssh-ca:hosts', true)
    const newKey = Buffer.alloc(32, 9).toString('base64')
    await runInDurableObject(stub, async (_instance, state) => {
      const both = new Keyring(state, configured({ SEALING_KEY: newKey, SEALING_KEY_PREVIOUS: env.SEALING_KEY }))
      expect(new Set((await both.keys()).map(({ sealedUnder }) => sealedUnder))).toEqual(new Set(['previous']))
      const first = await both.reseal()
      expect([first.resealed > 6, first.underPrevious, first.unreadable]).toEqual([true, 0, 0])
      expect(await both.reseal()).toEqual({ resealed: 0, underPrevious: 0, unreadable: 0 })
      const alone = new Keyring(state, configured({ SEALING_KEY: newKey }))
      for (const key of [await alone.signingKey('ES256'), await alone.certificateAuthority('hosts'), await alone.checkpointKey()])
        expect(key.ok).toBe(true)
    })
  })
})
