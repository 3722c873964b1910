/**
 * Bindings → Config, by zod, once per isolate. A configuration that is wrong stops the start and names every problem at once,
 * so a bad deployment is refused before it serves. Only `deps.ts` and the Durable Objects' constructors call this.
 */
import * as z from 'zod'
import { isLoopbackHost } from '../shared/loopback.ts'
import { platforms } from '../shared/platforms/index.ts'
import { type Attributes, PLATFORM_NAMES, type Platform } from '../shared/platforms/platform.ts'
import { conditionHolds } from '../shared/policy/condition.ts'
import { compilePattern } from '../shared/policy/pattern.ts'
import type { Condition } from '../shared/policy/policy.ts'
import { Secret } from '../shared/secret.ts'
import { parseDuration, type Seconds } from '../shared/units.ts'
import { type AccessAuthority, accessForm, accessProblems, loadAccess } from './access-config.ts'
import { type SinkConfig, sinkBindings, sinkConfigOf } from './sink-config.ts'

/** Who may act on the broker itself: an issuer and conditions as in a rule. Never named in a policy. */
export interface Authority {
  readonly issuerUrl: string
  readonly platform: Platform
  readonly is: readonly Condition[]
}

export const ROLES = ['publisher', 'operator', 'auditor'] as const

export type Role = (typeof ROLES)[number]

/** What can be made to need a second person. */
export const TWO_PERSON_ACTS = ['thaw', 'widen'] as const

export type TwoPersonAct = (typeof TWO_PERSON_ACTS)[number]

export interface Config {
  /** The broker's own `iss`, and the `aud` it demands. An origin: scheme, host, port. */
  readonly origin: string
  readonly isLoopback: boolean
  readonly authorities: Readonly<Record<Role, readonly Authority[]>>
  /** Who has a role as a person, by Cloudflare Access. */
  readonly people: Readonly<Record<Role, readonly AccessAuthority[]>>
  readonly sealingKey: Secret
  readonly sealingKeyPrevious: Secret | undefined
  /** What GitHub signs its webhook deliveries with; without it there is no webhook. */
  readonly webhookSecret: Secret | undefined
  /** How long a signing key is used; `undefined`: as long as the keyring finds right. */
  readonly keyRotation: Seconds | undefined
  /** How long an SSH CA, and the checkpoint key, is used; how long the next CA is published before it signs. `undefined` as above. */
  readonly caRotation: Seconds | undefined
  readonly caOverlap: Seconds | undefined
  /** Percent of the active policy's grants that one publication may take away without force. */
  readonly maxGrantsRemoved: number
  /** What a second person must confirm; empty: nothing. */
  readonly twoPerson: ReadonlySet<TwoPersonAct>
  /** Key set URL that stands in for every issuer that is not loopback; only a loopback broker has it. */
  readonly devIssuerKeys: string | undefined
  readonly sinks: SinkConfig
  /** The value of an `UPSTREAM_*` binding. No other binding can be named by a policy. */
  readonly upstreamSecret: (name: string) => Secret | undefined
}

export function isLoopbackUrl(url: string): boolean {
  return URL.canParse(url) && isLoopbackHost(new URL(url).hostname)
}

const origin = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'an origin such as https://jobpass.example.com, without a path or a slash at the end',
  )
  .refine((text) => text.startsWith('https://') || isLoopbackUrl(text), 'https (http only for a loopback address)')

const sealingKey = z
  .base64({ error: '32 bytes in base64 (openssl rand -base64 32)', abort: true })
  .refine((text) => Buffer.from(text, 'base64').length === 32, '32 bytes in base64 (openssl rand -base64 32)')

/** INVARIANT: `PUBLISHED_BEFORE_USE` of the keyring's schedule, which a rotation must leave room for. */
const MIN_KEY_ROTATION: Seconds = 86_400

const rotation = (example: string) =>
  z
    .string()
    .refine((text) => (parseDuration(text) ?? 0) > MIN_KEY_ROTATION, `a duration of more than a day, such as ${example}`)
    .transform(parseDuration)

/** Whoever guesses it can end leases. */
const MIN_WEBHOOK_SECRET = 16

const DEFAULT_MAX_GRANTS_REMOVED = 20

const percent = z
  .string()
  .regex(/^(?:100|[0-9]{1,2})$/, 'a whole number of percent from 0 to 100, such as 20')
  .transform(Number)

const twoPerson = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((act) => act.trim())
      .filter((act) => act !== ''),
  )
  .pipe(z.array(z.enum(TWO_PERSON_ACTS, { error: `${TWO_PERSON_ACTS.join(', ')}, or both with a comma between them` })))

const patterns = z.union([z.string().min(1), z.boolean(), z.array(z.string().min(1)).nonempty()])

const authority = z.strictObject({
  issuer: z.url().optional(),
  access: accessForm.optional(),
  platform: z.enum(PLATFORM_NAMES).default('github'),
  is: z.record(z.string(), patterns).refine((is) => Object.keys(is).length > 0, 'at least one condition'),
})

const authorities = z.strictObject({
  publishers: z.array(authority).default([]),
  operators: z.array(authority).default([]),
  auditors: z.array(authority).default([]),
})

const AUTHORITIES_EXPECTED = 'JSON such as {"publishers":[…],"operators":[…],"auditors":[…]}'

const jsonText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text)
  } catch {
    context.addIssue({ code: 'custom', message: AUTHORITIES_EXPECTED })
    return z.NEVER
  }
})

const bindings = z.object({
  BROKER_ORIGIN: origin,
  AUTHORITIES: z.union([jsonText, z.record(z.string(), z.unknown())], { error: AUTHORITIES_EXPECTED }).pipe(authorities),
  SEALING_KEY: sealingKey,
  SEALING_KEY_PREVIOUS: sealingKey.optional(),
  WEBHOOK_SECRET: z.string().min(MIN_WEBHOOK_SECRET, `at least ${MIN_WEBHOOK_SECRET} characters (openssl rand -hex 32)`).optional(),
  KEY_ROTATION: rotation('30d').optional(),
  CA_ROTATION: rotation('365d').optional(),
  CA_OVERLAP: rotation('30d').optional(),
  MAX_GRANTS_REMOVED: percent.optional(),
  TWO_PERSON: twoPerson.optional(),
  DEV_ISSUER_KEYS: z.url().optional(),
  ...sinkBindings,
})

/** Throws one Error that lists every problem; its message is for the person who deploys and names no value. */
export function readConfig(env: object): Config {
  const read = bindings.safeParse(env)
  const problems = read.success ? [] : read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  problems.push(...crossProblems(env))
  if (!read.success || problems.length > 0)
    throw new Error(`The broker's configuration is not usable:\n  ${problems.join('\n  ')}\nSee docs/deploy.md.`)
  const data = read.data
  return {
    origin: data.BROKER_ORIGIN,
    isLoopback: isLoopbackUrl(data.BROKER_ORIGIN),
    authorities: {
      publisher: data.AUTHORITIES.publishers.flatMap(loadAuthority),
      operator: data.AUTHORITIES.operators.flatMap(loadAuthority),
      auditor: data.AUTHORITIES.auditors.flatMap(loadAuthority),
    },
    sealingKey: new Secret(data.SEALING_KEY),
    sealingKeyPrevious: data.SEALING_KEY_PREVIOUS === undefined ? undefined : new Secret(data.SEALING_KEY_PREVIOUS),
    webhookSecret: data.WEBHOOK_SECRET === undefined ? undefined : new Secret(data.WEBHOOK_SECRET),
    people: {
      publisher: data.AUTHORITIES.publishers.flatMap(loadPeople),
      operator: data.AUTHORITIES.operators.flatMap(loadPeople),
      auditor: data.AUTHORITIES.auditors.flatMap(loadPeople),
    },
    keyRotation: data.KEY_ROTATION,
    caRotation: data.CA_ROTATION,
    caOverlap: data.CA_OVERLAP,
    maxGrantsRemoved: data.MAX_GRANTS_REMOVED ?? DEFAULT_MAX_GRANTS_REMOVED,
    twoPerson: new Set(data.TWO_PERSON ?? []),
    devIssuerKeys: data.DEV_ISSUER_KEYS,
    sinks: sinkConfigOf(data),
    upstreamSecret: (name) => upstreamSecret(env, name),
  }
}

function upstreamSecret(env: object, name: string): Secret | undefined {
  if (!name.startsWith('UPSTREAM_') || !Object.hasOwn(env, name)) return undefined
  const value: unknown = Reflect.get(env, name)
  return typeof value === 'string' && value !== '' ? new Secret(value) : undefined
}

/** What no single binding can say of itself, of those bindings that are right by themselves. */
function crossProblems(env: object): string[] {
  const { BROKER_ORIGIN, AUTHORITIES, DEV_ISSUER_KEYS, SINK_URL, NOTIFY_URL } = bindings.shape
  const read = z.object({
    BROKER_ORIGIN: BROKER_ORIGIN.optional().catch(undefined),
    AUTHORITIES: AUTHORITIES.optional().catch(undefined),
    DEV_ISSUER_KEYS: DEV_ISSUER_KEYS.catch(undefined),
    SINK_URL: SINK_URL.catch(undefined),
    NOTIFY_URL: NOTIFY_URL.catch(undefined),
  })
  const data = read.parse(env)
  const loopback = data.BROKER_ORIGIN === undefined || isLoopbackUrl(data.BROKER_ORIGIN)
  const problems = Object.entries(data.AUTHORITIES ?? {}).flatMap(([role, list]) =>
    list.flatMap((one, index) => authorityProblems(one, loopback).map((problem) => `AUTHORITIES.${role}.${index}.${problem}`)),
  )
  if (data.DEV_ISSUER_KEYS !== undefined && !loopback) problems.push('DEV_ISSUER_KEYS: only a broker on a loopback address accepts it')
  for (const [name, url] of Object.entries({ SINK_URL: data.SINK_URL, NOTIFY_URL: data.NOTIFY_URL })) {
    if (url?.startsWith('http:') && !(loopback && isLoopbackUrl(url)))
      problems.push(`${name}: https (http only from a loopback broker to a loopback address)`)
  }
  return problems
}

function authorityProblems({ issuer, access, is, platform }: z.infer<typeof authority>, loopback: boolean): string[] {
  const isAllowedUrl = (url: string): boolean => url.startsWith('https://') || (loopback && isLoopbackUrl(url))
  if ((issuer === undefined) === (access === undefined)) return ['expected issuer, for pipelines, or access, for people']
  if (access !== undefined) return accessProblems(access, is, isAllowedUrl)
  const problems = Object.keys(is)
    .filter((attribute) => platforms[platform].attribute(attribute) === undefined)
    .map((attribute) => `is.${attribute}: no attribute of platform ${platform}`)
  if (issuer !== undefined && !isAllowedUrl(issuer)) problems.push('issuer: https')
  const { repository, repositoryId } = platforms[platform].roles
  if (![repository, repositoryId].some((name) => Object.hasOwn(is, name)))
    problems.push(`is: ${repository} or ${repositoryId} must be stated`)
  return problems
}

function loadPeople({ access, is }: z.infer<typeof authority>): readonly AccessAuthority[] {
  return access === undefined ? [] : [loadAccess(access, is)]
}

function loadAuthority({ issuer, platform, is }: z.infer<typeof authority>): readonly Authority[] {
  if (issuer === undefined) return []
  const conditions = Object.entries(is).map(([attribute, value]) => {
    const form = platforms[platform].attribute(attribute)
    const texts = Array.isArray(value) ? value : [String(value)]
    return {
      attribute,
      patterns: texts.map((text) => compilePattern(text, { foldCase: form?.foldCase === true, literal: form?.match !== 'pattern' })),
    }
  })
  return [{ issuerUrl: issuer, platform: platforms[platform], is: conditions }]
}

/** The roles that a token of this issuer with these attributes holds. */
export function rolesOf(config: Config, issuerUrl: string, attributes: Attributes): readonly Role[] {
  const fits = (authority: Authority): boolean =>
    authority.issuerUrl === issuerUrl && authority.is.every((condition) => conditionHolds(condition, attributes))
  return ROLES.filter((role) => config.authorities[role].some(fits))
}

/** The roles that a person holds whom this team's assertion for these applications names. */
export function rolesOfPerson(
  { people }: Config,
  { team, audiences, email }: { readonly team: string; readonly audiences: readonly string[]; readonly email: string },
): readonly Role[] {
  const fits = (one: AccessAuthority): boolean => one.team === team && audiences.includes(one.audience) && one.emails.has(email)
  return ROLES.filter((role) => people[role].some(fits))
}

/** INVARIANT: authorities draw no credentials. A workload that holds any role is refused every grant. */
export function holdsAuthority(config: Config, issuerUrl: string, attributes: Attributes): boolean {
  return rolesOf(config, issuerUrl, attributes).length > 0
}
