/** SSH certificates as bytes: each field where it belongs, signed, and no certificate where something is missing. The real sshd is in `test/interop`. */
import { describe, expect, it } from 'vitest'
import { type SshCertConnection, type SshCertScope, sshCert } from '../../../shared/kinds/ssh-cert.ts'
import { importEd25519Key, makeEd25519Key } from '../../../worker/keys/key-pairs.ts'
import type { Keys } from '../../../worker/keys/keys.ts'
import { signUserCertificate, type UserCertificate } from '../../../worker/keys/ssh-certificate.ts'
import { ed25519Blob, ed25519Line, parsePublicKeyLine } from '../../../worker/keys/ssh-public-key.ts'
import type { Order, ProviderDeps } from '../../../worker/providers/provider.ts'
import { sshCertProvider } from '../../../worker/providers/ssh-cert.ts'
import { RUN } from '../../fakes/provider-order.ts'

const NOW = 1_795_312_800
const LEASE = 'b1946ac92492d2347c6235b4d2611184'

const pair = await makeEd25519Key()
const authority = await importEd25519Key(pair.publicKey, pair.pkcs8)
const holderBytes = new Uint8Array(32).fill(5)
const publicKey = ed25519Line(holderBytes, 'runner')

const keys: Keys = {
  certificateAuthority: async () => authority,
  signingKey: async () => Promise.reject(new Error('a certificate needs no JWT key')),
  checkpointKey: async () => Promise.reject(new Error('a certificate needs no checkpoint key')),
  publicKeys: async () => [],
  publicAuthorities: async () => [],
  forget: () => undefined,
}

const deps: ProviderDeps = {
  now: () => NOW,
  random: (bytes) => new Uint8Array(bytes).fill(0xff),
  fetch: () => Promise.reject(new Error('a certificate needs no network')),
  secret: () => undefined,
  keys,
  origin: 'https://jobpass.example.com',
}

type SshOrder = Order<SshCertConnection, SshCertScope>

function orderOf(scope: SshCertScope, changes: Partial<SshOrder> = {}): SshOrder {
  const who = { leaseId: LEASE, grant: 'deploy', workload: 'docs-site', run: RUN, connectionName: 'acme-ssh', publicKey }
  return { ...who, connection: { ca: 'ed25519' }, scope, issuedAt: NOW, expiresAt: NOW + 300, callerAddress: '203.0.113.9', ...changes }
}

/** The certificate, taken apart by the order of its fields (draft-miller-ssh-cert). */
function takeApart(line: string) {
  const blob = Buffer.from(line.split(' ')[1] ?? '', 'base64')
  let offset = 0
  const string = () => {
    const length = blob.readUInt32BE(offset)
    offset += 4 + length
    return blob.subarray(offset - length, offset)
  }
  const list = (bytes: Buffer) => {
    const strings: string[] = []
    for (let at = 0; at < bytes.length; at += 4 + bytes.readUInt32BE(at))
      strings.push(bytes.toString('utf8', at + 4, at + 4 + bytes.readUInt32BE(at)))
    return strings
  }
  const read = (length: number) => {
    offset += length
    return offset - length
  }
  const uint64 = () => blob.readBigUInt64BE(read(8))
  const uint32 = () => blob.readUInt32BE(read(4))
  const head = {
    format: string().toString(),
    nonce: string(),
    holder: string(),
    serial: uint64(),
    type: uint32(),
    keyId: string().toString(),
  }
  const body = {
    principals: list(string()),
    validAfter: uint64(),
    validBefore: uint64(),
    options: list(string()),
    extensions: list(string()),
  }
  const tail = {
    reserved: string(),
    authority: string(),
    signed: blob.subarray(0, offset),
    signature: list(string()),
    left: blob.length - offset,
  }
  return { ...head, ...body, ...tail, rawSignature: blob.subarray(blob.length - 64) }
}

async function mint(scope: SshCertScope, changes: Partial<SshOrder> = {}) {
  const minted = await sshCertProvider.mint(orderOf(scope, changes), deps)
  if (!minted.ok) throw new Error(JSON.stringify(minted.error))
  return minted.value
}

describe('a certificate of an ssh-cert grant', () => {
  it('has each field in its place, and a signature of the CA over all of them', async () => {
    const { credential, expiresAt } = await mint({
      principals: ['deploy', 'logs'],
      force_command: 'up',
      extensions: ['permit-pty', 'permit-X11-forwarding'],
    })
    const certificate = takeApart(credential.certificate)
    expect(certificate).toMatchObject({
      format: 'ssh-ed25519-cert-v01@openssh.com',
      serial: 0xffffffffffffffffn,
      type: 1,
      keyId: LEASE,
      principals: ['deploy', 'logs'],
      validAfter: BigInt(NOW - 30),
      validBefore: BigInt(NOW + 300),
      options: ['force-command', '\0\0\0\x02up'],
      extensions: ['permit-X11-forwarding', '', 'permit-pty', ''],
      left: 0,
    })
    expect(certificate.nonce.length).toBe(32)
    expect([...certificate.holder]).toEqual([...holderBytes])
    expect([...certificate.authority]).toEqual([...ed25519Blob(pair.publicKey)])
    const verifier = await crypto.subtle.importKey('raw', pair.publicKey, { name: 'Ed25519' }, false, ['verify'])
    const [signature, signed] = [new Uint8Array(certificate.rawSignature), new Uint8Array(certificate.signed)]
    expect(await crypto.subtle.verify({ name: 'Ed25519' }, verifier, signature, signed)).toBe(true)
    expect(expiresAt).toBe(NOW + 300)
  })

  it('comes with its CA, principals, serial and key id, in the shape of the kind', async () => {
    const { credential, handle } = await mint({ principals: ['deploy'] })
    expect(sshCert.credential.parse(credential)).toEqual(credential)
    expect(credential).toMatchObject({ principals: ['deploy'], serial: '18446744073709551615', key_id: LEASE })
    expect(credential.ca).toBe(ed25519Line(pair.publicKey, 'acme-ssh'))
    expect(JSON.parse(sshCert.encode(credential))).toEqual(credential)
    expect(handle).toBeUndefined()
  })

  it('has no option and no extension unless the scope lists it', async () => {
    expect(takeApart((await mint({ principals: ['deploy'] })).credential.certificate)).toMatchObject({ options: [], extensions: [] })
  })

  it('names each principal and each extension once', async () => {
    const { credential } = await mint({ principals: ['a', 'b', 'a'], extensions: ['permit-pty', 'permit-pty'] })
    expect(takeApart(credential.certificate)).toMatchObject({ principals: ['a', 'b'], extensions: ['permit-pty', ''] })
  })

  it.each([
    ['203.0.113.9', '203.0.113.9/32'],
    ['2001:db8::9', '2001:db8::9/128'],
    ['::ffff:203.0.113.9', '203.0.113.9/32'],
  ])('is bound to the caller’s address %s alone', async (callerAddress, expected) => {
    const { credential } = await mint({ principals: ['deploy'], source_address: 'caller' }, { callerAddress })
    expect(takeApart(credential.certificate).options).toEqual([
      'source-address',
      `\0\0\0${String.fromCharCode(expected.length)}${expected}`,
    ])
  })

  it('sorts its critical options by name and joins ranges with commas', async () => {
    const { credential } = await mint({ principals: ['a'], source_address: ['10.0.0.0/8', '::/0'], force_command: 'x' })
    expect(takeApart(credential.certificate).options).toEqual([
      'force-command',
      '\0\0\0\x01x',
      'source-address',
      '\0\0\0\x0f10.0.0.0/8,::/0',
    ])
  })
})

describe('no certificate is made', () => {
  it.each([undefined, '10.0.0.0/8', '0.0.0.0/0', 'unknown', '', '203.0.113.9, 10.0.0.1', '::ffff:1:2'])(
    'bound to a caller whose address is %j',
    async (callerAddress) => {
      const { callerAddress: _none, ...order } = orderOf({ principals: ['a'], source_address: 'caller' })
      const minted = await sshCertProvider.mint(callerAddress === undefined ? order : { ...order, callerAddress }, deps)
      const isOneAddress = callerAddress === '::ffff:1:2'
      expect(minted.ok).toBe(isOneAddress)
      if (!minted.ok) expect(minted.error).toMatchObject({ code: 'request_malformed', parameter: 'source_address' })
    },
  )

  it('without a usable public key', async () => {
    const { publicKey: _none, ...order } = orderOf({ principals: ['a'] })
    expect(await sshCertProvider.mint(order, deps)).toMatchObject({
      ok: false,
      error: { code: 'request_malformed', parameter: 'public_key', problem: 'missing' },
    })
    expect(await sshCertProvider.mint({ ...order, publicKey: 'ssh-ed25519 AAAA' }, deps)).toMatchObject({
      ok: false,
      error: { code: 'request_malformed', parameter: 'public_key', problem: 'malformed' },
    })
  })

  it('without principals, without an end after its beginning, or without a nonce: those are faults', async () => {
    const holder = parsePublicKeyLine(publicKey)
    if (holder === undefined) throw new Error('no holder')
    const empty = { criticalOptions: new Map<string, string>(), extensions: [] }
    const good: UserCertificate = {
      holder,
      nonce: new Uint8Array(32),
      serial: 1n,
      keyId: 'x',
      principals: ['a'],
      validAfter: 1,
      validBefore: 2,
      ...empty,
    }
    await expect(signUserCertificate(good, authority)).resolves.toContain('ssh-ed25519-cert-v01@openssh.com ')
    for (const wrong of [
      { principals: [] },
      { principals: [''] },
      { principals: ['a', ''] },
      { validBefore: 1 },
      { nonce: new Uint8Array(16) },
    ]) {
      await expect(signUserCertificate({ ...good, ...wrong }, authority)).rejects.toThrow()
    }
  })
})

it('the provider of ssh-cert has no revoke, and can be probed', async () => {
  expect(sshCertProvider.revoke).toBeUndefined()
  const probe = await sshCertProvider.probe('acme-ssh', { ca: 'ed25519' }, deps)
  expect(probe).toMatchObject({ ok: true, value: { summary: expect.stringMatching(/^signs with CA SHA256:[A-Za-z0-9+/]{43}$/) } })
})
