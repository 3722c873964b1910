/**
 * The effectful half of `ssh-cert`: a user certificate over the holder's public key, signed by the connection's CA. No upstream is called.
 * Everything it grants is in the scope; what the scope does not list is not in the certificate. It ends by time: hosts cannot be told earlier.
 */
import type { SourceAddress, SshCertConnection, SshCertScope } from '../../shared/kinds/ssh-cert.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Seconds } from '../../shared/units.ts'
import { sshFingerprint } from '../keys/ed25519-id.ts'
import { signUserCertificate } from '../keys/ssh-certificate.ts'
import { ed25519Line, HOLDER_KEY_EXPECTED, type HolderKey, parsePublicKeyLine } from '../keys/ssh-public-key.ts'
import { parseCallerAddress } from './caller-address.ts'
import type { Order, OrderRefusal, ProviderDeps, Providers } from './provider.ts'

/** A host's clock may be this far behind. The end is never moved. */
const CLOCK_SKEW: Seconds = 30
const NONCE_BYTES = 32
const SERIAL_BYTES = 8

export const sshCertProvider: Providers['ssh-cert'] = {
  async mint(order, deps) {
    const holder = holderKey(order.publicKey)
    if (!holder.ok) return holder
    const criticalOptions = criticalOptionsOf(order)
    if (!criticalOptions.ok) return criticalOptions
    const authority = await deps.keys.certificateAuthority(order.connectionName)
    const serial = randomSerial(deps.random)
    const principals = [...new Set(order.scope.principals)]
    const certificate = await signUserCertificate(
      {
        holder: holder.value,
        nonce: deps.random(NONCE_BYTES),
        serial,
        keyId: order.leaseId,
        principals,
        validAfter: order.issuedAt - CLOCK_SKEW,
        validBefore: order.expiresAt,
        criticalOptions: criticalOptions.value,
        extensions: order.scope.extensions ?? [],
      },
      authority,
    )
    const ca = ed25519Line(authority.publicKey, order.connectionName)
    return ok({
      credential: { certificate, ca, principals, serial: String(serial), key_id: order.leaseId },
      expiresAt: order.expiresAt,
      signer: sshFingerprint(authority.publicKey),
    })
  },

  async probe(connectionName, _connection, { keys }) {
    const { publicKey } = await keys.certificateAuthority(connectionName)
    return ok({ summary: `signs with CA ${sshFingerprint(publicKey)}` })
  },
}

function holderKey(line: string | undefined): Result<HolderKey, OrderRefusal> {
  if (line === undefined) return err(refused('public_key', 'missing', HOLDER_KEY_EXPECTED))
  const key = parsePublicKeyLine(line)
  return key === undefined ? err(refused('public_key', 'malformed', HOLDER_KEY_EXPECTED)) : ok(key)
}

function criticalOptionsOf(order: Order<SshCertConnection, SshCertScope>): Result<ReadonlyMap<string, string>, OrderRefusal> {
  const options = new Map<string, string>()
  const { force_command, source_address } = order.scope
  if (force_command !== undefined) options.set('force-command', force_command)
  if (source_address !== undefined) {
    const addresses = sourceAddresses(source_address, order.callerAddress)
    if (addresses === undefined) return err(refused('source_address', 'missing', 'an ask from an IP address the broker can see'))
    options.set('source-address', addresses.join(','))
  }
  return ok(options)
}

/** `undefined` when the caller's address is wanted and not known: the certificate must not be made without it. */
function sourceAddresses(source: SourceAddress, callerAddress: string | undefined): readonly string[] | undefined {
  if (source !== 'caller') return source
  // a dual-stack listener shows IPv4 peers as IPv6; sshd matches them as IPv4
  const caller = parseCallerAddress(callerAddress)
  return caller === undefined ? undefined : [`${caller.text}/${caller.range.family === 4 ? 32 : 128}`]
}

/** Never zero, which OpenSSH shows for a certificate without a serial. */
function randomSerial(random: ProviderDeps['random']): bigint {
  const bytes = random(SERIAL_BYTES)
  const serial = new DataView(bytes.buffer, bytes.byteOffset, SERIAL_BYTES).getBigUint64(0)
  return serial === 0n ? 1n : serial
}

function refused(parameter: string, problem: OrderRefusal['problem'], expected: string): OrderRefusal {
  return { code: 'request_malformed', parameter, problem, expected }
}
