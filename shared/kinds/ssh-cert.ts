/**
 * The kind `ssh-cert`: an OpenSSH user certificate over a key pair the job made itself, signed by a CA of the broker.
 * A certificate always names its principals and carries no extension that the scope does not list: a certificate without principals
 * would be good for every account, so none can be expressed here.
 */
import * as z from 'zod'
import { err, ok, type Result } from '../result.ts'
import { type AddressRange, coversAll, parseCidr } from './address.ts'
import { combineComparisons, compareSets, comparisonOf, firstOutside, meetOf } from './inclusion.ts'
import type { Kind, ScopeComparison, ScopeExceeded } from './kind.ts'

/** Extensions OpenSSH defines for user certificates. */
export const SSH_EXTENSIONS = [
  'permit-pty',
  'permit-port-forwarding',
  'permit-agent-forwarding',
  'permit-X11-forwarding',
  'permit-user-rc',
  'no-touch-required',
] as const

export type SshExtension = (typeof SSH_EXTENSIONS)[number]

export interface SshCertConnection {
  /** The CA's key: Ed25519, made and kept by the keyring under the connection's name. */
  readonly ca: 'ed25519'
}

/** Addresses a certificate may be used from: ranges, or the one address the ask came from. */
export type SourceAddress = 'caller' | readonly string[]

export interface SshCertScope {
  readonly principals: readonly string[]
  /** The only command the certificate runs, whatever the client asks sshd for. */
  readonly force_command?: string
  readonly source_address?: SourceAddress
  /** Absent: none. */
  readonly extensions?: readonly SshExtension[]
}

export type SshCertAsked = Partial<SshCertScope>

export interface SshCertCredential {
  /** The certificate as an OpenSSH line. */
  readonly certificate: string
  /** The CA's public key as an OpenSSH line. */
  readonly ca: string
  readonly principals: readonly string[]
  /** Decimal; an unsigned 64-bit number does not fit a JSON number. */
  readonly serial: string
  /** What sshd logs at login; holds the lease id. */
  readonly key_id: string
}

const principal = z
  .string()
  .min(1)
  .max(255)
  // sshd splits lists at commas and reads principals files line by line, options first
  .regex(/^[^\s\p{Cc},"'*?!]+$/u, 'a principal without white space, comma, quote or wildcard')

const command = z
  .string()
  .max(4096)
  .regex(/^[^\p{Cc}]+$/u, 'a command on one line')
  .refine((text) => text.trim() !== '', 'a command on one line')

const cidr = z
  .string()
  .max(64)
  .refine((text) => parseCidr(text) !== undefined, 'an address or CIDR range with no bits below its mask')

const fields = {
  principals: z
    .array(principal)
    .min(1)
    .max(64)
    .describe('The names the certificate is good for: users of the hosts, as their sshd maps them.'),
  force_command: command.describe('The one command it may run.').exactOptional(),
  source_address: z
    .union([z.literal('caller'), z.array(cidr).min(1).max(64)], { error: 'the word caller, or a list of CIDR ranges' })
    .describe('Where it may be used from: some networks, or the address of the caller alone.')
    .exactOptional(),
  extensions: z
    .array(z.enum(SSH_EXTENSIONS))
    .min(1)
    .max(SSH_EXTENSIONS.length)
    .describe('What a session may do besides running a command. None unless listed.')
    .exactOptional(),
}

const connection: z.ZodType<SshCertConnection> = z.strictObject({
  ca: z.literal('ed25519').describe('The key of its certificate authority: made and kept by the broker under the name of the connection.'),
})

const scope: z.ZodType<SshCertScope> = z.strictObject(fields)

const asked: z.ZodType<SshCertAsked> = z
  .strictObject({ ...fields, principals: fields.principals.exactOptional() })
  .refine((value) => Object.keys(value).length > 0, 'at least one of principals, force_command, source_address and extensions')

const credential: z.ZodType<SshCertCredential> = z.strictObject({
  certificate: z.string().min(1),
  ca: z.string().min(1),
  principals: z.array(z.string().min(1)).min(1),
  serial: z.string().regex(/^[1-9][0-9]{0,19}$/),
  key_id: z.string().min(1),
})

export const sshCert = {
  name: 'ssh-cert',
  tokenType: 'urn:jobpass:params:credential:ssh-cert',
  bearer: 'N_A',
  connection,
  scope,
  asked,
  credential,
  secrets: [],
  lifetime: { min: 1, max: 43_200, enforced: 'upstream' },
  revocation: 'none',
  minted: 'broker',
  holderKey: true,
  encode: (credential) => JSON.stringify(credential),
  narrow,
  compare,
  summary,
  secretNames: () => [],
} as const satisfies Kind<'ssh-cert', SshCertConnection, SshCertScope, SshCertAsked, SshCertCredential, 'none'>

function narrow(granted: SshCertScope, asked: SshCertAsked): Result<SshCertScope, ScopeExceeded> {
  const exceeded = excessOf(granted, asked)
  if (exceeded !== undefined) return err(exceeded)
  return ok({
    ...granted,
    ...asked,
    principals: asked.principals === undefined ? granted.principals : meetOf(granted.principals, asked.principals),
    ...(asked.extensions !== undefined && { extensions: meetOf(granted.extensions ?? [], asked.extensions) }),
  })
}

function excessOf(granted: SshCertScope, asked: SshCertAsked): ScopeExceeded | undefined {
  const principalOutside = firstOutside(asked.principals ?? [], granted.principals)
  if (principalOutside !== undefined) return { field: 'principals', asked: principalOutside }
  const extensionOutside = firstOutside(asked.extensions ?? [], granted.extensions ?? [])
  if (extensionOutside !== undefined) return { field: 'extensions', asked: extensionOutside }
  if (!holdsCommand(granted.force_command, asked.force_command)) return { field: 'force_command', asked: String(asked.force_command) }
  return addressOutside(granted.source_address, asked.source_address)
}

/** A command may be asked for only where the scope has none; naming the scope's own again changes nothing. */
function holdsCommand(granted: string | undefined, asked: string | undefined): boolean {
  return asked === undefined || granted === undefined || granted === asked
}

/** `caller` and a list never hold each other: whether the caller's address lies in the list is not known before the certificate is made. */
function addressOutside(granted: SourceAddress | undefined, asked: SourceAddress | undefined): ScopeExceeded | undefined {
  if (asked === undefined || granted === undefined) return undefined
  if (asked === 'caller') return granted === 'caller' ? undefined : { field: 'source_address', asked }
  const outside = asked.find((range) => granted === 'caller' || !coversAll(rangesOf(granted), rangesOf([range])))
  return outside === undefined ? undefined : { field: 'source_address', asked: outside }
}

/** How `head` relates to `base`. A forced command or a source address only takes away; another one is neither wider nor narrower. */
function compare(base: SshCertScope, head: SshCertScope): ScopeComparison {
  return combineComparisons([
    compareSets(base.principals, head.principals),
    compareSets(base.extensions ?? [], head.extensions ?? []),
    comparisonOf(
      base.force_command === undefined || base.force_command === head.force_command,
      head.force_command === undefined || base.force_command === head.force_command,
    ),
    comparisonOf(holdsAddress(base.source_address, head.source_address), holdsAddress(head.source_address, base.source_address)),
  ])
}

function holdsAddress(outer: SourceAddress | undefined, inner: SourceAddress | undefined): boolean {
  if (outer === undefined) return true
  return inner !== undefined && addressOutside(outer, inner) === undefined
}

function rangesOf(ranges: readonly string[]): readonly AddressRange[] {
  return ranges.map(parseCidr).filter((range) => range !== undefined)
}

function summary(granted: SshCertScope): string {
  const parts = [`principals ${granted.principals.join(', ')}`]
  if (granted.force_command !== undefined) parts.push(`only runs ${granted.force_command}`)
  if (granted.source_address !== undefined)
    parts.push(`from ${granted.source_address === 'caller' ? 'the caller' : granted.source_address.join(', ')}`)
  parts.push(granted.extensions === undefined ? 'no extensions' : `extensions ${granted.extensions.join(', ')}`)
  return parts.join(' · ')
}
