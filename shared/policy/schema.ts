/**
 * The shapes of a policy as its authors write it, one strict schema a record. What a shape cannot say (names that must be defined,
 * patterns, what a kind allows) is judged by the `check-*.ts` beside it; only both together make a document a policy.
 * Conditions, scopes and a connection's own members are `unknown` here: who judges them is chosen by a name elsewhere in the document.
 */
import * as z from 'zod'
import { hasControlCharacter, PLATFORM_NAMES } from '../platforms/platform.ts'
import { DURATION_PATTERN } from '../units.ts'

/** Names of issuers, workloads, connections, grants and guardrails. */
export const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/

/** The version of the language this house speaks. */
export const LANGUAGE_VERSION = 1

/** Text people wrote for people, over several lines if they like: never blank. Who shows it makes it one line, see `oneLine`. */
const text = z
  .string()
  .regex(/\S/, 'expected text that is not blank')
  .refine((value) => !hasControlCharacter(value) || !hasControlCharacter(oneLine(value)), 'expected text without control characters')

const owner = text.describe('Who answers for it.')
const contact = text.describe('Where its owner is reached.').exactOptional()

const DURATION_EXPECTED = 'expected a duration such as 90s, 15m, 1h or 30d'
const duration = z.string(DURATION_EXPECTED).regex(DURATION_PATTERN, DURATION_EXPECTED)

const DATE_FORM = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/
const DATE_EXPECTED = 'expected a date such as 2027-05-01'
const date = z.string(DATE_EXPECTED).regex(DATE_FORM, { message: DATE_EXPECTED, abort: true }).refine(isDate, DATE_EXPECTED)

const count = z.int('expected a whole number').min(1, 'expected at least 1')

/** A reference to another record; whether it is defined is judged later. */
const reference = z.string('expected a name')

const ID_EXPECTED = 'expected a decimal id in quotes, such as "65000001"'
const id = z.string(ID_EXPECTED).regex(/^[1-9][0-9]*$/, ID_EXPECTED)

/** Whether it may hold a slash is its platform's to say. */
const OWNER_EXPECTED = 'expected the name of an owner, with no wildcard'
const ownerName = z.string(OWNER_EXPECTED).regex(/^[^\s@:*\p{Cc}]{1,255}$/u, OWNER_EXPECTED)

const settings = z.strictObject({
  explain: z
    .enum(['none', 'attributes', 'rules'])
    .meta({ description: 'How much a refused caller from inside the fence is told.', default: 'attributes' })
    .exactOptional(),
  max_ttl: duration.meta({ description: 'No credential lives longer; a longer ttl is clamped to it.', default: '1h' }).exactOptional(),
  token_max_age: duration.meta({ description: 'How old an ID token may be, from its iat.', default: '5m' }).exactOptional(),
})

const CANARY_EXPECTED = 'expected a name like that of a grant'

const tripwires = z.strictObject({
  canaries: z
    .array(z.string(CANARY_EXPECTED).regex(NAME, CANARY_EXPECTED))
    .min(1, 'expected at least one name')
    .describe('Names that look like grants and are none: nobody has a reason to ask for one, and whoever asks trips it.')
    .exactOptional(),
  refusals_per_minute: count.describe('More refusals than this of one repository or workload within a minute trip.').exactOptional(),
  freeze: z.boolean().describe('true freezes every workload that the caller is. Default: only recorded and notified.').exactOptional(),
})

const issuer = z.strictObject({
  platform: z.enum(PLATFORM_NAMES).describe('The family of CI system whose tokens these are.'),
  url: z.string().describe('The exact iss of its tokens: https, lower-case host, no query, fragment or user.'),
  owners: z
    .array(
      z.strictObject({
        name: ownerName.describe('Its name, for people. Another name with the id is a renamed owner: allowed, and reported.'),
        id: id.describe('Its id at the CI platform: what counts.'),
      }),
    )
    .min(1, 'expected at least one owner: an issuer without a fence serves everybody')
    .describe('The fence: a token of any other owner is refused before any rule is read. The id decides.'),
  audience: text.describe("The aud its tokens must carry. Default: the broker's origin.").exactOptional(),
  jwks: z
    .strictObject({
      keys: z.array(z.record(z.string(), z.json())).min(1, 'expected at least one key').describe('JSON Web Keys.'),
    })
    .describe('An inline key set (RFC 7517) for an issuer the broker cannot reach. Public keys only.')
    .exactOptional(),
})

const workload = z.strictObject({
  issuer: reference.describe('The issuer its tokens come from.'),
  is: z
    .record(z.string(), z.unknown())
    .describe('What makes a caller this workload. Pin the id (repository_id, project_id): it decides, and follows renames.'),
  owner,
  contact,
  suspended: z.boolean().describe('true stops every rule that names this workload, at once.').exactOptional(),
  limits: z
    .strictObject({
      per_job: count.describe('Exchanges of one of its jobs, over all grants.').exactOptional(),
      per_hour: count.describe('Exchanges in an hour, over all grants.').exactOptional(),
    })
    .describe('How many exchanges it may make over all its grants. Default: no limit.')
    .exactOptional(),
})

const rotation = z.strictObject({
  every: duration.describe('How old the root secret may become.'),
  last: date.describe('The day it was last replaced.').exactOptional(),
})

/** Members beyond these belong to the kind. */
const connection = z.looseObject({
  kind: z.string().describe('The sort of credential it makes.'),
  owner,
  contact,
  rotation: rotation.describe('When the root secret is replaced.').exactOptional(),
})

const limits = z.strictObject({
  per_job: count.describe('Exchanges of one job.').exactOptional(),
  per_hour: count.describe('Exchanges in an hour, of each workload by itself.').exactOptional(),
  per_hour_total: count.describe('Exchanges in an hour, of all workloads together.').exactOptional(),
})

const grant = z.strictObject({
  purpose: text.describe('What it is for, in one line.'),
  owner,
  contact,
  review: date.describe('The day of its next review.').exactOptional(),
  connection: reference.describe('The connection its credentials are made with.'),
  scope: z.unknown().describe('What a credential may do. Its form is that of the kind; empty never means all.'),
  ttl: duration.describe('How long a credential lives.'),
  allow: z
    .array(z.looseObject({ workload: reference.describe('Who the rule is for. Every other key of a rule is a condition.') }))
    .min(1, 'expected at least one rule: a grant without rules is refused to everybody')
    .describe('The rules. A rule holds when all of its conditions do; the first that holds authorises.'),
  limits: limits.describe('How many exchanges. Default: no limit.').exactOptional(),
})

const references = z.union([reference, z.array(reference).min(1, 'expected at least one name')], {
  error: 'expected a name or a list of names, not empty',
})

const selection = z
  .strictObject({
    name: references.describe('Grants by name.').exactOptional(),
    kind: references.describe('All grants of a kind.').exactOptional(),
    connection: references.describe('All grants of a connection.').exactOptional(),
  })
  .refine((value) => Object.keys(value).length > 0, 'expected the word all, or at least one of name, kind and connection')

const guardrail = z.strictObject({
  why: text.describe('Told to those it refuses.'),
  grants: z
    .union([z.literal('all'), selection], { error: 'expected the word all, or a mapping of name, kind and connection' })
    .describe('The grants it stands above.'),
  forbid: z.record(z.string(), z.unknown()).describe('When all of these hold, the answer is no.'),
})

const expectation = z.union(
  [
    z.literal('allow'),
    z.literal('refuse'),
    z.strictObject({ refuse: text.describe('The attribute, guardrail or rule that must be a reason.') }),
  ],
  {
    error: 'expected allow, refuse, or { refuse: the attribute, guardrail or rule that must be the reason }',
  },
)

const scenario = z.strictObject({
  name: text.describe('What is tested, as a sentence.'),
  ask: reference.describe('The grant that is asked for.'),
  as: z
    .looseObject({ workload: reference.describe('Which workload asks. Every other key is a fact of the run.') })
    .describe('The run that asks: its workload and the facts that matter.'),
  expect: expectation.describe('What must come out, and for a refusal why.'),
})

/** The records that have names, each with the schema of one entry. */
export const SECTIONS = { issuers: issuer, workloads: workload, connections: connection, grants: grant, guardrails: guardrail } as const

export const settingsSchema = settings
export const tripwiresSchema = tripwires
export const scenarioSchema = scenario

export type SectionName = keyof typeof SECTIONS

const SECTION_NAMES = ['issuers', 'workloads', 'connections', 'grants', 'guardrails'] as const satisfies readonly SectionName[]

/** Every key a file may have at its top. */
export const TOP_LEVEL_KEYS = ['jobpass', 'settings', ...SECTION_NAMES, 'tripwires', 'scenarios'] as const

export type SettingsDocument = z.infer<typeof settings>
export type TripwiresDocument = z.infer<typeof tripwires>
export type IssuerDocument = z.infer<typeof issuer>
export type WorkloadDocument = z.infer<typeof workload>
export type ConnectionDocument = z.infer<typeof connection>
export type GrantDocument = z.infer<typeof grant>
export type RuleDocument = GrantDocument['allow'][number]
export type GuardrailDocument = z.infer<typeof guardrail>
export type SelectionDocument = z.infer<typeof selection>
export type ScenarioDocument = z.infer<typeof scenario>

export type Records<T> = Readonly<Record<string, T>>

/** A whole policy as written: every file merged, nothing resolved, nothing defaulted. A section nobody wrote is empty. */
export interface PolicyDocument {
  readonly jobpass: typeof LANGUAGE_VERSION
  readonly settings: SettingsDocument
  readonly issuers: Records<IssuerDocument>
  readonly workloads: Records<WorkloadDocument>
  readonly connections: Records<ConnectionDocument>
  readonly grants: Records<GrantDocument>
  readonly guardrails: Records<GuardrailDocument>
  readonly tripwires: TripwiresDocument
  readonly scenarios: readonly ScenarioDocument[]
}

/** The entry of a name, and never a member that every object inherits. */
export function entryOf<T>(records: Records<T>, name: string): T | undefined {
  return Object.hasOwn(records, name) ? records[name] : undefined
}

/** The texts of a condition or of a name list: one or several, booleans as their words. Of a checked document nothing is dropped. */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value === 'boolean') return [String(value)]
  return Array.isArray(value) ? value.flatMap(textsOf) : []
}

/** The members of a connection that belong to its kind. */
export function kindSettings(document: ConnectionDocument): Readonly<Record<string, unknown>> {
  const { kind: _kind, owner: _owner, contact: _contact, rotation: _rotation, ...settingsOfKind } = document
  return settingsOfKind
}

/** People's text on one line: line ends, tabs and runs of space are one space. */
export function oneLine(value: string): string {
  return value.trim().replaceAll(/[ \t\r\n]+/g, ' ')
}

/** True for a day of the calendar, written as `2026-11-22`. */
export function isDate(value: string): boolean {
  if (!DATE_FORM.test(value)) return false
  const instant = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value)
}
