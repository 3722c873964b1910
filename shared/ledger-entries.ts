/**
 * Every type of entry a ledger can hold and the members each has: one table for the writers' types, for `ledger verify` and for `docs/ledger.md`.
 * It never checks anything on the way to the ledger: writers are held to it by the compiler alone. Adding a type or an optional member keeps the version;
 * giving one a new meaning, or taking one away, needs a new LEDGER_VERSION.
 */
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import type { PolicyDigest } from './policy/policy.ts'
import type { Instant } from './units.ts'

export const LEDGER_VERSION = 1

/** What a member's value is. `docs/ledger.md` explains each form. */
interface Forms {
  readonly text: string
  /** Seconds since 1970. */
  readonly instant: Instant
  readonly count: number
  /** RFC 3339 in UTC. */
  readonly time: string
  readonly digest: PolicyDigest
  /** base64 of a SHA-256. */
  readonly sha256: string
  /** 64 hex digits. */
  readonly hex: string
  readonly flag: boolean
  readonly texts: readonly string[]
  readonly list: readonly Json[]
  readonly object: JsonObject
}

type FormName = keyof Forms
/** With `?` the member may be missing. */
type MemberForm = FormName | `${FormName}?`
type Members = { readonly [name: string]: MemberForm }

const LEASE = { lease: 'text', grant: 'text', workload: 'text', connection: 'text', kind: 'text', run_id: 'text' } as const
const ADMISSION = { ...LEASE, ask: 'object', policy: 'digest', decision: 'text', issuer: 'text', expires_at: 'instant' } as const
const ENDING = { ...LEASE, credential_end: 'text', lives_until: 'instant?', detail: 'text?', cause: 'text?' } as const
const NEWS = { leases: 'count', repository: 'text', repository_id: 'text', delivery: 'text' } as const
const FREEZE = { target: 'text', name: 'text?', by: 'text', reason: 'text?', proposal: 'text?', confirmed_by: 'text?' } as const

/** One row a type. INVARIANT: in a type with `ask` no other member sorts before it, so that the ledger can put it in front as it is. */
export const ENTRIES = {
  opened: ADMISSION,
  issued: {
    ...LEASE,
    ask: 'object?',
    policy: 'digest?',
    decision: 'text',
    issuer: 'text?',
    credential: 'sha256',
    signer: 'text?',
    expires_at: 'instant',
    upstream_expires_at: 'instant?',
  },
  failed: {
    ...LEASE,
    decision: 'text',
    code: 'text',
    detail: 'text?',
    upstream_status: 'count?',
    credential_end: 'text?',
    lives_until: 'instant?',
    may_live_until: 'instant?',
    lease_was_over: 'flag?',
  },
  refused: {
    ask: 'object',
    code: 'text',
    policy: 'digest',
    decision: 'text',
    issuer: 'text',
    grant: 'text',
    run_id: 'text',
    workload: 'text?',
    connection: 'text?',
    kind: 'text?',
  },
  refusals_counted: { counted: 'text', minute: 'time', refusals: 'count' },
  returned: ENDING,
  revoked: ENDING,
  expired: ENDING,
  orphaned: { ...LEASE, may_live_until: 'instant' },
  end_failed: { lease: 'text', grant: 'text', code: 'text', detail: 'text', lives_until: 'instant', next_try: 'instant' },
  recalled: { ...NEWS, cause: 'text', run_id: 'text?', run_attempt: 'count?', job: 'text?' },
  repository_changed: {
    ...NEWS,
    change: 'text',
    owner: 'text?',
    owner_id: 'text?',
    former_name: 'text?',
    former_owner: 'text?',
    former_owner_id: 'text?',
  },
  proposed: {
    act: 'text',
    proposal: 'text',
    by: 'text',
    policy: 'digest?',
    replaces: 'text?',
    because: 'text?',
    forced: 'text?',
    target: 'text?',
    name: 'text?',
  },
  published: {
    policy: 'digest',
    replaces: 'text',
    by: 'text',
    forced: 'text?',
    proposal: 'text?',
    confirmed_by: 'text?',
  },
  tripped: {
    tripwire: 'text',
    policy: 'digest',
    decision: 'text',
    run_id: 'text',
    issuer: 'text',
    grant: 'text',
    workload: 'text?',
    connection: 'text?',
    kind: 'text?',
    repository: 'text?',
    repository_id: 'text?',
    refusals: 'count?',
    freezes: 'texts',
  },
  froze: FREEZE,
  thawed: FREEZE,
  authority_used: {
    role: 'text',
    by: 'text',
    action: 'text',
    jti: 'text?',
    run_id: 'text?',
    via: 'text?',
    subject: 'text?',
    session: 'text?',
    envelope: 'text?',
    policy: 'digest?',
    replaces: 'text?',
    days: 'count?',
    filter: 'text?',
    reason: 'text?',
    target: 'text?',
    name: 'text?',
    kid: 'text?',
    key: 'text?',
    when: 'text?',
    proposal: 'text?',
    act: 'text?',
    forced: 'text?',
  },
  revocation: {
    by: 'text',
    jti: 'text?',
    ended: 'count',
    already_over: 'count',
    failed: 'count',
    lives_on: 'count',
    complete: 'flag',
  },
  break_glass_used: { envelope: 'text', name: 'text', people: 'texts', opened_at: 'time', reason: 'text', by: 'text' },
  key_rotated: { key: 'text', algorithm: 'text', kid: 'text', replaces: 'text?', why: 'text', by: 'text?', reason: 'text?' },
  key_revoked: { key: 'text', kid: 'text', successor: 'text?', reason: 'text', by: 'text' },
  checkpointed: { others: 'sha256', ledgers: 'count' },
} as const satisfies Readonly<Record<string, Members>>

/** The members of `ask`, in every type that has it. */
export const ASK_MEMBERS = {
  attributes: 'object',
  jti: 'text',
  job: 'text',
  unknown_claims: 'texts?',
  rule: 'text?',
  scope: 'text?',
  asked: 'object?',
  notes: 'list?',
  reason: 'text?',
  cause: 'text?',
  reasons: 'list?',
  field: 'text?',
  parameter: 'text?',
} as const satisfies Members

/** What the ledger itself adds to every entry. */
export const ENVELOPE = {
  v: 'count',
  ledger: 'text',
  seq: 'count',
  at: 'time',
  type: 'text',
  prev: 'hex',
  hash: 'hex',
} as const satisfies Members

export type EntryType = keyof typeof ENTRIES

/** Entries that somebody should be woken for. They are what is notified; see `docs/tripwires.md`. */
export const ALARMING_TYPES: readonly EntryType[] = ['tripped', 'break_glass_used', 'end_failed', 'orphaned']

type NameOf<F> = F extends `${infer N}?` ? N : F
type ValueOf<F> = NameOf<F> extends FormName ? Forms[NameOf<F>] : never
type Values<T> = {
  readonly [K in keyof T as T[K] extends FormName ? K : never]: ValueOf<T[K]>
} & { readonly [K in keyof T as T[K] extends FormName ? never : K]?: ValueOf<T[K]> }

/** The members of a type, as its writer gives them; `ask` travels apart, as text. */
export type Facts<T extends EntryType> = Values<Omit<(typeof ENTRIES)[T], 'ask'>>
export type AskFacts = Values<typeof ASK_MEMBERS>

/** What the writer of an entry says; the ledger adds the envelope. No secret ever. */
export type EntryBody = { readonly [T in EntryType]: { readonly type: T } & Facts<T> }[EntryType]

const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
const isText = (value: unknown): value is string => typeof value === 'string'

const IS: Readonly<Record<FormName, (value: unknown) => boolean>> = {
  text: isText,
  instant: isCount,
  count: isCount,
  time: (value) => isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value),
  digest: (value) => isText(value) && /^sha256:[0-9a-f]{64}$/.test(value),
  sha256: (value) => isText(value) && /^[A-Za-z0-9+/]{43}=$/.test(value),
  hex: (value) => isText(value) && /^[0-9a-f]{64}$/.test(value),
  flag: (value) => typeof value === 'boolean',
  texts: (value) => Array.isArray(value) && value.every(isText),
  list: Array.isArray,
  object: isJsonObject,
}

interface Check {
  readonly form: string
  readonly isOptional: boolean
  readonly is: (value: unknown) => boolean
}

/** A million entries are checked with these, so they are made once. */
interface Checks {
  readonly of: ReadonlyMap<string, Check>
  readonly required: number
}

function checksOf(members: Members): Checks {
  const of = Object.entries(members).map(([name, text]): [string, Check] => {
    const form = text.replace('?', '')
    return [name, { form, isOptional: form !== text, is: isFormName(form) ? IS[form] : () => false }]
  })
  return { of: new Map(of), required: of.filter(([, { isOptional }]) => !isOptional).length }
}

/** Whether a ledger of this version has entries of this type. */
export function isEntryType(name: string): name is EntryType {
  return Object.hasOwn(ENTRIES, name)
}

function isFormName(form: string): form is FormName {
  return Object.hasOwn(IS, form)
}

const CHECKS = new Map<string, Checks>(Object.entries(ENTRIES).map(([type, members]) => [type, checksOf({ ...ENVELOPE, ...members })]))
const ASK_CHECKS = checksOf(ASK_MEMBERS)

/** Where an entry does not fit its type: nothing when it does. It may still be chained as it should be. */
export function misfits(entry: JsonObject): readonly string[] {
  const { type, ask } = entry
  const checks = CHECKS.get(String(type))
  if (checks === undefined) return [`no type ${JSON.stringify(type)} in version ${LEDGER_VERSION}`]
  const found = differences(entry, checks)
  return isJsonObject(ask) ? [...found, ...differences(ask, ASK_CHECKS).map((difference) => `in ask: ${difference}`)] : found
}

function differences(record: JsonObject, { of, required }: Checks): readonly string[] {
  const found: string[] = []
  let there = 0
  for (const name in record) {
    const check = of.get(name)
    if (check === undefined) found.push(`unknown member ${JSON.stringify(name)}`)
    else if (!check.is(record[name])) found.push(`${name} is no ${check.form}`)
    if (check?.isOptional === false) there++
  }
  if (there === required) return found
  for (const [name, { isOptional }] of of) if (!isOptional && !Object.hasOwn(record, name)) found.unshift(`no member ${name}`)
  return found
}
