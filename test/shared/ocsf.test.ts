/** Every entry as an OCSF event, held to the schema that its makers publish (`test/vectors/ocsf-slice.json`). */
import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { JsonObject } from '../../shared/json.ts'
import { ENTRIES as ENTRY_MEMBERS, type EntryType, isEntryType } from '../../shared/ledger-entries.ts'
import { OCSF_VERSION, ocsfEvent, shortened } from '../../shared/ocsf.ts'

const ORIGIN = 'https://jobpass.example.com'
const LEASE = '6b02d4f10fe82516694e87136d613926'

const slice = z
  .looseObject({
    version: z.string(),
    classes: z.record(z.string(), z.record(z.string(), z.unknown())),
    $defs: z.record(z.string(), z.unknown()),
  })
  .parse(JSON.parse(readFileSync(new URL('../vectors/ocsf-slice.json', import.meta.url), 'utf8')))
const ajv = new Ajv2020({ allErrors: true, strict: false })
const validators = new Map(
  Object.entries(slice.classes).map(([uid, schema]) => [Number(uid), ajv.compile({ ...schema, $defs: slice.$defs })] as const),
)

/** What the published schema finds wrong. */
function problemsOf(event: JsonObject): readonly string[] {
  const validate = validators.get(Number(event.class_uid))
  if (validate === undefined) return [`no class ${event.class_uid}`]
  validate(JSON.parse(JSON.stringify(event)))
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

const place = {
  v: 1,
  ledger: 'v1:https://token.actions.githubusercontent.com:65000001',
  seq: 7,
  at: '2026-11-22T01:44:32.123Z',
  prev: 'a'.repeat(64),
  hash: 'b'.repeat(64),
}
const ask = {
  attributes: { repository: 'acme/docs', repository_id: '900000001', ref: 'refs/heads/main' },
  jti: 'x',
  rule: 'deploy/0',
  scope: 'docs: contents read',
}
const named = { grant: 'deploy', workload: 'docs-site', connection: 'acme-app', kind: 'github-app', run_id: '42' }
const decided = { ...named, decision: '0fe82516694e87136d6139260784d048', policy: 'sha256:00', issuer: 'github' }
const by = 'acme-admin/operator@refs/heads/main'

/** One entry of each type, with the members that the broker writes, and what of it a SIEM looks for. */
const ENTRIES: Record<EntryType, readonly [JsonObject, JsonObject]> = {
  opened: [
    { ...decided, ask, lease: LEASE, expires_at: 1795312000 },
    { type_uid: 300201, status_id: 1, user: { name: 'docs-site', uid: '900000001' } },
  ],
  issued: [
    { ...decided, ask, lease: LEASE, expires_at: 1795312000, credential: 'x' },
    {
      type_uid: 300301,
      status_id: 1,
      privileges: ['deploy', 'docs: contents read'],
      session: { uid: LEASE, expiration_time: 1795312000000 },
    },
  ],
  failed: [
    { lease: LEASE, code: 'upstream_refused', detail: 'permission' },
    { type_uid: 300201, status_id: 2, status_code: 'upstream_refused' },
  ],
  refused: [
    { ...decided, workload: '', ask, code: 'grant_refused' },
    { type_uid: 300201, status_id: 2, severity_id: 2, user: { name: 'acme/docs' } },
  ],
  refusals_counted: [
    { counted: '900000001', minute: '2026-11-22T01:44:00.000Z', refusals: 70 },
    { count: 70, status_id: 2, start_time: 1795311840000, end_time: 1795311900000 },
  ],
  recalled: [
    { cause: 'job_completed', leases: 2, run_id: '42', job: '7', repository: 'acme/docs', repository_id: '900000001', delivery: 'd-1' },
    { class_uid: 0, status_id: 1, severity_id: 2 },
  ],
  repository_changed: [
    { change: 'publicized', leases: 1, repository: 'acme/docs', repository_id: '900000001', owner: 'acme', owner_id: '65000001' },
    { class_uid: 0, status_id: 1, severity_id: 3 },
  ],
  revocation: [
    { by, ended: 40, failed: 1, complete: true },
    { class_uid: 0, status_id: 1, severity_id: 3 },
  ],
  key_rotated: [
    { key: 'signing:ES256', algorithm: 'ES256', kid: 'k2', replaces: 'k1', why: 'age' },
    { class_uid: 0, status_id: 1, severity_id: 2 },
  ],
  key_revoked: [
    { by, key: 'signing:ES256', kid: 'k1', successor: 'k2', reason: 'leaked' },
    { class_uid: 0, status_id: 1, severity_id: 4 },
  ],
  proposed: [
    { act: 'thaw', proposal: 'p', target: 'all', by },
    { class_uid: 0, status_id: 1, severity_id: 2 },
  ],
  returned: [
    { ...named, lease: LEASE, credential_end: 'revoked' },
    { type_uid: 300202, session: { uid: LEASE, expiration_reason: 'revoked' } },
  ],
  revoked: [
    { ...named, lease: LEASE, credential_end: 'already_gone' },
    { type_uid: 300202, status_id: 1 },
  ],
  expired: [
    { ...named, lease: LEASE, credential_end: 'expired' },
    { type_uid: 300202, status_id: 1 },
  ],
  orphaned: [
    { ...named, lease: LEASE, may_live_until: 1795312000 },
    { type_uid: 300301, status_id: 0, severity_id: 4 },
  ],
  end_failed: [
    { lease: LEASE, grant: 'deploy', detail: 'timeout', lives_until: 1 },
    { type_uid: 300202, status_id: 2, severity_id: 4, status_detail: 'timeout' },
  ],
  published: [
    { policy: 'sha256:00', replaces: '*', by },
    { type_uid: 300410, entity: { type_id: 5, uid: 'sha256:00' }, actor: { user: { name: by } } },
  ],
  tripped: [
    { ...decided, tripwire: 'canary', grant: 'root-key', repository: 'acme/docs', repository_id: '900000001', freezes: ['docs-site'] },
    { type_uid: 300201, status_id: 2, severity_id: 4, user: { name: 'docs-site' } },
  ],
  froze: [
    { target: 'grant', name: 'deploy', by },
    { type_uid: 300412, entity: { type: 'grant', name: 'grant deploy' } },
  ],
  thawed: [
    { target: 'all', by },
    { type_uid: 300413, entity: { name: 'everything' } },
  ],
  checkpointed: [
    { others: 'x', ledgers: 3 },
    { class_uid: 0, status_id: 1, severity_id: 1 },
  ],
  break_glass_used: [
    { envelope: 'a'.repeat(32), name: 'deploy key', people: ['jane', 'joe'], opened_at: place.at, reason: 'the broker was down', by },
    { type_uid: 300201, severity_id: 4, message: 'jane and joe opened the break-glass envelope deploy key: the broker was down' },
  ],
  authority_used: [
    { role: 'auditor', by, action: 'read_ledger', jti: 'x', run_id: '42' },
    { type_uid: 300201, user: { name: by } },
  ],
}

const ENTRY_TYPES = Object.keys(ENTRY_MEMBERS).filter(isEntryType)

describe('an entry as an OCSF event', () => {
  it('keeps to the release that the slice was cut from', () => expect(slice.version).toBe(OCSF_VERSION))

  it.each(ENTRY_TYPES)('of type %s is what the published schema allows', (type) => {
    const [members, expected] = ENTRIES[type]
    const event = ocsfEvent({ ...place, type, ...members }, ORIGIN)
    expect(problemsOf(event)).toEqual([])
    expect(event).toMatchObject(expected)
    expect(event.type_uid).toBe(Number(event.class_uid) * 100 + Number(event.activity_id))
  })

  it.each(ENTRY_TYPES)('of type %s and nothing more is allowed too', (type) => {
    expect(problemsOf(ocsfEvent({ ...place, type }, ORIGIN))).toEqual([])
  })

  it('says where it stands in which ledger, and holds the whole entry', () => {
    const entry = { ...place, type: 'issued', ...ENTRIES.issued[0] }
    expect(ocsfEvent(entry, ORIGIN)).toMatchObject({
      time: Date.parse(place.at),
      metadata: {
        uid: `${place.ledger}:7`,
        sequence: 7,
        log_name: place.ledger,
        event_code: 'issued',
        correlation_uid: LEASE,
        version: OCSF_VERSION,
      },
      unmapped: { entry },
    })
  })

  it('of a token used twice is severe', () => {
    expect(ocsfEvent({ ...place, type: 'refused', code: 'token_replayed' }, ORIGIN).severity_id).toBe(4)
  })

  it('of a type that this version does not know is a base event with everything in it', () => {
    const entry = { ...place, type: 'constructor', colour: 'red' }
    const event = ocsfEvent(entry, ORIGIN)
    expect(problemsOf(event)).toEqual([])
    expect(event).toMatchObject({ class_uid: 0, unmapped: { entry } })
  })

  it('is allowed whatever is in the entry', () => {
    const members = fc.dictionary(
      fc.constantFrom('ask', 'grant', 'by', 'at', 'seq', 'lease', 'code', 'expires_at', 'target', 'minute', 'refusals'),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(fc.constantFrom(...ENTRY_TYPES, 'x'), members, (type, some) => {
        const entry = z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify({ ...place, type, ...some })))
        const event = ocsfEvent(entry, ORIGIN)
        expect(problemsOf(event)).toEqual([])
        expect(problemsOf(shortened(event))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })
})

describe('the slice', () => {
  it.each<[string, (event: JsonObject) => JsonObject]>([
    ['an activity there is not', (event) => ({ ...event, activity_id: 55 })],
    ['a member there is not', (event) => ({ ...event, colour: 'red' })],
    ['no user', ({ user: _, ...event }) => event],
    ['a time in words', (event) => ({ ...event, time: 'today' })],
    ['another class’s type', (event) => ({ ...event, type_uid: 300301 })],
    ['no service', ({ service: _, ...event }) => event],
  ])('does not allow %s', (_name, change) => {
    expect(problemsOf(change(ocsfEvent({ ...place, type: 'opened', ...ENTRIES.opened[0] }, ORIGIN)))).not.toEqual([])
  })
})
