/**
 * An entry of the ledger as an event of the Open Cybersecurity Schema Framework, which SIEMs read: one entry, one event, with the whole entry under `unmapped`, so
 * that nothing is lost and both can be joined. It never fails: an entry of a type that this version does not know becomes a base event, because a sink
 * that stops at it would hold back everything behind it. `docs/sinks.md` has the table for people.
 */
import { isJsonObject, type Json, type JsonObject } from './json.ts'
import type { EntryType } from './ledger-entries.ts'
import { VERSION } from './version.ts'

/** The release of the schema that the events keep to. */
export const OCSF_VERSION = '1.8.0'

const CLASSES = {
  base: { uid: 0, name: 'Base Event', category: 0, categoryName: 'Uncategorized' },
  authentication: { uid: 3002, name: 'Authentication', category: 3, categoryName: 'Identity & Access Management' },
  authorize: { uid: 3003, name: 'Authorize Session', category: 3, categoryName: 'Identity & Access Management' },
  entity: { uid: 3004, name: 'Entity Management', category: 3, categoryName: 'Identity & Access Management' },
} as const

const ACTIVITIES = {
  other: { id: 99, name: 'Other' },
  logon: { id: 1, name: 'Logon' },
  logoff: { id: 2, name: 'Logoff' },
  assign: { id: 1, name: 'Assign Privileges' },
  activate: { id: 10, name: 'Activate' },
  suspend: { id: 12, name: 'Suspend' },
  resume: { id: 13, name: 'Resume' },
} as const

const STATUSES = { unknown: { id: 0, name: 'Unknown' }, success: { id: 1, name: 'Success' }, failure: { id: 2, name: 'Failure' } } as const

const SEVERITIES = {
  informational: { id: 1, name: 'Informational' },
  low: { id: 2, name: 'Low' },
  medium: { id: 3, name: 'Medium' },
  high: { id: 4, name: 'High' },
} as const

type Shape = readonly [
  keyof typeof CLASSES,
  keyof typeof ACTIVITIES,
  keyof typeof STATUSES,
  keyof typeof SEVERITIES,
  message: (entry: JsonObject) => string,
]

const grantOf = (entry: JsonObject): string => text(entry.grant) ?? 'an unknown grant'

const SHAPES = {
  opened: ['authentication', 'logon', 'success', 'informational', (entry) => `${whoOf(entry)} was admitted to ${grantOf(entry)}`],
  issued: ['authorize', 'assign', 'success', 'informational', (entry) => `${whoOf(entry)} got a credential of ${grantOf(entry)}`],
  failed: ['authentication', 'logon', 'failure', 'medium', (entry) => `An admitted exchange handed nothing over: ${codeOf(entry)}`],
  refused: ['authentication', 'logon', 'failure', 'low', (entry) => `${whoOf(entry)} was refused ${grantOf(entry)}: ${codeOf(entry)}`],
  refusals_counted: ['authentication', 'logon', 'failure', 'medium', (entry) => `${whoOf(entry)} was refused too often to record each`],
  returned: [
    'authentication',
    'logoff',
    'success',
    'informational',
    (entry) => `${whoOf(entry)} gave a credential of ${grantOf(entry)} back`,
  ],
  revoked: ['authentication', 'logoff', 'success', 'low', (entry) => `A credential of ${grantOf(entry)} was revoked`],
  expired: ['authentication', 'logoff', 'success', 'informational', (entry) => `A credential of ${grantOf(entry)} came to its end`],
  orphaned: ['authorize', 'assign', 'unknown', 'high', (entry) => `A mint of ${grantOf(entry)} never came back; a credential may live`],
  end_failed: ['authentication', 'logoff', 'failure', 'high', (entry) => `A credential of ${grantOf(entry)} could not be ended in time`],
  recalled: ['base', 'other', 'success', 'low', (entry) => `GitHub says it is over: ${text(entry.cause) ?? ''}; its leases end`],
  repository_changed: [
    'base',
    'other',
    'success',
    'medium',
    (entry) => `GitHub says that a repository was ${text(entry.change) ?? 'changed'}`,
  ],
  revocation: ['base', 'other', 'success', 'medium', (entry) => `${whoOf(entry)} ended many credentials at once`],
  proposed: ['base', 'other', 'success', 'low', (entry) => `${whoOf(entry)} proposed what takes a second person: ${text(entry.act) ?? ''}`],
  published: ['entity', 'activate', 'success', 'low', (entry) => `${whoOf(entry)} put policy ${text(entry.policy) ?? ''} in force`],
  tripped: ['authentication', 'logon', 'failure', 'high', trippedMessage],
  froze: ['entity', 'suspend', 'success', 'medium', (entry) => `${whoOf(entry)} froze ${targetOf(entry)}`],
  thawed: ['entity', 'resume', 'success', 'low', (entry) => `${whoOf(entry)} thawed ${targetOf(entry)}`],
  key_rotated: ['base', 'other', 'success', 'low', (entry) => `Another key signs now: ${text(entry.key) ?? ''}`],
  key_revoked: ['base', 'other', 'success', 'high', (entry) => `${whoOf(entry)} revoked a key: ${text(entry.key) ?? ''}`],
  checkpointed: ['base', 'other', 'success', 'informational', () => 'A checkpoint was made'],
  break_glass_used: ['authentication', 'logon', 'success', 'high', breakGlassMessage],
  authority_used: ['authentication', 'logon', 'success', 'informational', (entry) => `${whoOf(entry)} acted: ${text(entry.action) ?? ''}`],
} as const satisfies Record<EntryType, Shape>

function breakGlassMessage(entry: JsonObject): string {
  const people = Array.isArray(entry.people) ? entry.people.filter((one) => typeof one === 'string') : []
  return `${people.join(' and ')} opened the break-glass envelope ${text(entry.name) ?? ''}: ${text(entry.reason) ?? ''}`
}

function trippedMessage(entry: JsonObject): string {
  const names = Array.isArray(entry.freezes) ? entry.freezes.filter((name) => typeof name === 'string') : []
  const frozen = names.length === 0 ? '' : `; frozen: ${names.join(', ')}`
  if (entry.tripwire === 'canary') return `${whoOf(entry)} asked for the canary ${grantOf(entry)}${frozen}`
  return `${whoOf(entry)} was refused ${whole(entry.refusals) ?? 'too many'} times in a minute, last ${grantOf(entry)}${frozen}`
}

const UNKNOWN: Shape = ['base', 'other', 'unknown', 'informational', (entry) => `An entry of type ${text(entry.type) ?? 'unknown'}`]

/** A token used twice is somebody's mistake or somebody's attack. */
const ALARMING_CODES = ['token_replayed']

/** `origin` is the broker's own; an entry is taken as it was stored, whatever version wrote it. */
export function ocsfEvent(entry: JsonObject, origin: string): JsonObject {
  const [className, activityName, statusName, usualSeverity, message] = shapeOf(entry)
  const eventClass = CLASSES[className]
  const activity = ACTIVITIES[activityName]
  const severity = SEVERITIES[ALARMING_CODES.includes(codeOf(entry)) ? 'high' : usualSeverity]
  return {
    category_uid: eventClass.category,
    category_name: eventClass.categoryName,
    class_uid: eventClass.uid,
    class_name: eventClass.name,
    activity_id: activity.id,
    activity_name: activity.name,
    type_uid: eventClass.uid * 100 + activity.id,
    type_name: `${eventClass.name}: ${activity.name}`,
    time: millisecondsOf(entry.at) ?? 0,
    severity_id: severity.id,
    severity: severity.name,
    status_id: STATUSES[statusName].id,
    status: STATUSES[statusName].name,
    ...present({ status_code: text(entry.code), status_detail: text(entry.detail) }),
    message: message(entry),
    metadata: metadataOf(entry, origin),
    ...MEMBERS[className](entry, origin),
    ...aggregateOf(entry),
    unmapped: { entry },
  }
}

/** The event without what an entry can hold much of, for a sink that takes no larger one; the entry's place and hash stay. */
export function shortened(event: JsonObject): JsonObject {
  const { metadata, unmapped } = event
  const entry = isJsonObject(unmapped) && isJsonObject(unmapped.entry) ? unmapped.entry : {}
  const { ask: _, ...rest } = entry
  return {
    ...event,
    metadata: { ...(isJsonObject(metadata) ? metadata : {}), is_truncated: true },
    unmapped: { entry: rest },
  }
}

function shapeOf(entry: JsonObject): Shape {
  const type = text(entry.type) ?? ''
  const known: Readonly<Record<string, Shape>> = SHAPES
  return Object.hasOwn(known, type) ? (known[type] ?? UNKNOWN) : UNKNOWN
}

function metadataOf(entry: JsonObject, origin: string): JsonObject {
  const ledger = text(entry.ledger) ?? ''
  const seq = whole(entry.seq) ?? 0
  return {
    version: OCSF_VERSION,
    product: { name: 'Jobpass', vendor_name: 'Jobpass', version: VERSION, url_string: origin },
    uid: `${ledger}:${seq}`,
    sequence: seq,
    log_name: ledger,
    log_provider: origin,
    ...present({ event_code: text(entry.type), original_time: text(entry.at), correlation_uid: text(entry.lease) ?? text(entry.decision) }),
  }
}

const MEMBERS: Record<keyof typeof CLASSES, (entry: JsonObject, origin: string) => JsonObject> = {
  base: () => ({}),
  authentication: (entry, origin) => ({
    user: userOf(entry),
    service: { name: origin },
    is_remote: true,
    auth_protocol_id: 4,
    auth_protocol: 'OpenID',
    ...sessionOf(entry),
  }),
  authorize: (entry) => ({
    user: userOf(entry),
    privileges: [grantOf(entry), ...[text(askOf(entry).scope)].filter((scope) => scope !== undefined)],
    ...sessionOf(entry),
  }),
  entity: (entry) => ({
    actor: { user: userOf(entry) },
    entity:
      entry.type === 'published'
        ? { type_id: 5, type: 'Policy', uid: text(entry.policy) ?? 'unknown' }
        : { type_id: 99, type: text(entry.target) ?? 'unknown', name: targetOf(entry) },
    ...present({ comment: text(entry.reason) }),
  }),
}

/** Who did it: the workload when a rule named one, else the repository; an authority by its own name. */
function userOf(entry: JsonObject): JsonObject {
  const { repository_id: repositoryId } = attributesOf(entry)
  const name = whoOf(entry)
  return {
    name,
    ...present({ uid: text(repositoryId) ?? text(entry.repository_id) }),
    ...(name === NOBODY ? { type_id: 0 } : { type_id: 4, type: 'Service' }),
  }
}

const NOBODY = 'Unknown'

function whoOf(entry: JsonObject): string {
  const { repository, repository_id: repositoryId } = attributesOf(entry)
  const names = [entry.by, entry.workload, repository, repositoryId, entry.repository, entry.repository_id, entry.counted]
  return names.map(text).find((name) => name !== undefined && name !== '') ?? NOBODY
}

/** A lease is the session: it begins with the exchange and ends when the credential does. */
function sessionOf(entry: JsonObject): JsonObject {
  const lease = text(entry.lease)
  if (lease === undefined) return {}
  const expiresAt = whole(entry.expires_at)
  const times = expiresAt === undefined ? {} : { expiration_time: expiresAt * 1000 }
  const named = present({ issuer: text(entry.issuer), expiration_reason: text(entry.credential_end) })
  return { session: { uid: lease, is_remote: true, ...times, ...named } }
}

/** Refusals that were only counted are one event for many. */
function aggregateOf(entry: JsonObject): JsonObject {
  const [start, count] = [millisecondsOf(entry.minute), whole(entry.refusals)]
  if (entry.type !== 'refusals_counted' || start === undefined || count === undefined) return {}
  return { count, time: start, start_time: start, end_time: start + 60_000 }
}

function targetOf(entry: JsonObject): string {
  const target = text(entry.target) ?? 'something'
  const name = text(entry.name)
  return name === undefined ? (target === 'all' ? 'everything' : target) : `${target} ${name}`
}

function askOf(entry: JsonObject): JsonObject {
  return isJsonObject(entry.ask) ? entry.ask : {}
}

function attributesOf(entry: JsonObject): JsonObject {
  const { attributes } = askOf(entry)
  return isJsonObject(attributes) ? attributes : {}
}

function codeOf(entry: JsonObject): string {
  return text(entry.code) ?? ''
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function whole(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined
}

function millisecondsOf(value: Json | undefined): number | undefined {
  const milliseconds = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}

function present(members: Readonly<Record<string, string | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((member): member is [string, string] => member[1] !== undefined))
}
