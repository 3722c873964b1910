/**
 * The JSON Schema of a policy file, for editors that complete and explain while somebody writes: made of the very definitions that read policies, so that
 * it knows every kind, attribute and key they know. It is looser than the language (names that must be defined, what only a refinement says) and never stricter.
 */
import * as z from 'zod'
import { isJsonObject, type JsonObject } from '../json.ts'
import { KIND_NAMES, type KindName, kindOf } from '../kinds/index.ts'
import { platforms } from '../platforms/index.ts'
import { type AttributeForm, PLATFORM_NAMES, type Platform } from '../platforms/platform.ts'
import { NOT_IDENTITY } from './check-callers.ts'
import { MAX_PATTERN_LENGTH } from './pattern.ts'
import { LANGUAGE_VERSION, NAME, SECTIONS, scenarioSchema, settingsSchema, tripwiresSchema } from './schema.ts'

/** Draft 7, which every editor reads. A file may hold any part of a policy, so nothing at its top is required. */
export function policyJsonSchema(): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Jobpass policy',
    description: 'One file of a policy folder. Records merge across files; jobpass stands in one of them.',
    type: 'object',
    properties: {
      jobpass: { const: LANGUAGE_VERSION, description: 'The version of the language, once in all files together.' },
      settings: { ...schemaOf(settingsSchema), description: 'What holds for every grant.' },
      issuers: section('Whose tokens are heard at all.', issuerRecord()),
      workloads: section(
        'Who: callers by what they are.',
        replaced(schemaOf(SECTIONS.workloads), { is: conditions([...NOT_IDENTITY.keys()]) }),
      ),
      connections: section('How: one upstream each, one root secret each.', connectionRecord()),
      grants: section('May: what a workflow asks for by name.', grantRecord()),
      guardrails: section('Must never: wins over every rule.', replaced(schemaOf(SECTIONS.guardrails), { forbid: conditions() })),
      tripwires: {
        ...schemaOf(tripwiresSchema),
        description: 'What nobody does who means no harm: recorded, notified, and frozen where it says so.',
      },
      scenarios: { type: 'array', description: "The policy's own tests.", items: scenarioRecord() },
    },
    additionalProperties: false,
    definitions: definitions(),
  }
}

/** What zod makes of a definition. What a transformation or refinement adds has no place in a schema and is left to `check`. */
function schemaOf(definition: z.ZodType): JsonObject {
  const {
    $schema: _version,
    definitions: _definitions,
    ...schema
  } = z.toJSONSchema(definition, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
  })
  const plain: unknown = JSON.parse(JSON.stringify(schema))
  if (!isJsonObject(plain)) throw new TypeError('a definition of the language is no mapping')
  return plain
}

function section(description: string, record: JsonObject): JsonObject {
  return { type: 'object', description, propertyNames: { pattern: NAME.source }, additionalProperties: record }
}

/** The schema with some properties described by another. */
function replaced(schema: JsonObject, by: Readonly<Record<string, JsonObject>>): JsonObject {
  const properties = isJsonObject(schema.properties) ? schema.properties : {}
  const kept = Object.entries(by).map(([name, value]): [string, JsonObject] => {
    const before = properties[name]
    const description = isJsonObject(before) ? before.description : undefined
    return [name, description === undefined ? value : { ...value, description }]
  })
  return { ...schema, properties: { ...properties, ...Object.fromEntries(kept) } }
}

/** A key is a JSON Web Key: any members. */
function issuerRecord(): JsonObject {
  const keys = { type: 'array', minItems: 1, items: { type: 'object', required: ['kty'] } }
  return replaced(schemaOf(SECTIONS.issuers), {
    jwks: { type: 'object', properties: { keys }, required: ['keys'], additionalProperties: false },
  })
}

/** The members every connection has, and by kind its own. */
function connectionRecord(): JsonObject {
  const { properties, required, ...common } = schemaOf(SECTIONS.connections)
  const shared = isJsonObject(properties) ? properties : {}
  const branch = (name: KindName): JsonObject => {
    const own = schemaOf(kindOf(name).connection)
    const members = { ...shared, ...(isJsonObject(own.properties) ? own.properties : {}) }
    return {
      if: { properties: { kind: { const: name } }, required: ['kind'] },
      // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
      then: { properties: { ...members, kind: { const: name } }, required: own.required ?? [], additionalProperties: false },
    }
  }
  return { ...common, properties: { ...shared, kind: { enum: [...KIND_NAMES] } }, required: required ?? [], allOf: KIND_NAMES.map(branch) }
}

/** A grant names its connection, whose kind this schema cannot see: its scope is that of any kind. */
function grantRecord(): JsonObject {
  const scopes = KIND_NAMES.map((name) => ({ title: `scope of ${name}`, ...schemaOf(kindOf(name).scope) }))
  const rule: JsonObject = {
    ...conditions(),
    properties: { workload: { type: 'string', description: 'The workload this rule is for.' }, ...attributes('condition') },
    required: ['workload'],
    minProperties: 2,
  }
  return replaced(schemaOf(SECTIONS.grants), { scope: { anyOf: scopes }, allow: { type: 'array', minItems: 1, items: rule } })
}

function scenarioRecord(): JsonObject {
  const facts = {
    type: 'object',
    properties: { workload: { type: 'string', description: 'The workload that asks.' }, ...attributes('fact') },
    patternProperties: families(factSchema),
    required: ['workload'],
    additionalProperties: false,
  }
  return replaced(schemaOf(scenarioSchema), { as: facts })
}

function conditions(excluded: readonly string[] = []): JsonObject {
  return {
    type: 'object',
    properties: attributes('condition', excluded),
    patternProperties: families(conditionSchema),
    minProperties: 1,
    additionalProperties: false,
  }
}

const ALL_PLATFORMS: readonly Platform[] = PLATFORM_NAMES.map((name) => platforms[name])

/** How an attribute is written: in a condition, or as a fact of a scenario. */
type Use = 'condition' | 'fact'

/** By name. Where platforms share one, the first describes it, and any of their values may stand there. */
const FORMS: ReadonlyMap<string, AttributeForm> = new Map(
  [...new Set(ALL_PLATFORMS.flatMap(({ attributeNames }) => attributeNames))].flatMap((name): [string, AttributeForm][] => {
    const forms = ALL_PLATFORMS.map((platform) => platform.attribute(name)).filter((form) => form !== undefined)
    const [first] = forms
    if (first === undefined) return []
    const values = [...new Set(forms.flatMap((form) => form.values ?? []))]
    return [[name, { ...first, ...(values.length > 0 ? { values } : {}) }]]
  }),
)

function attributes(use: Use, excluded: readonly string[] = []): JsonObject {
  const names = [...FORMS.keys()].filter((name) => !excluded.includes(name))
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/definitions/${use}-${name}` }]))
}

function definitions(): JsonObject {
  const entries = [...FORMS].flatMap(([name, form]): [string, JsonObject][] => [
    [`condition-${name}`, conditionSchema(form)],
    [`fact-${name}`, factSchema(form)],
  ])
  return Object.fromEntries(entries)
}

/** Attributes whose names platforms do not list, because each organisation has its own. */
const OPEN_FAMILIES = ['repo_property_'] as const

function families(write: (form: AttributeForm) => JsonObject): JsonObject {
  return Object.fromEntries(
    OPEN_FAMILIES.flatMap((start): [string, JsonObject][] => {
      const form = ALL_PLATFORMS.map((platform) => platform.attribute(`${start}x`)).find((found) => found !== undefined)
      return form === undefined ? [] : [[`^${start}`, write(form)]]
    }),
  )
}

/** One pattern or a list of them. */
function conditionSchema(form: AttributeForm): JsonObject {
  const one = valueSchema(form)
  return { description: form.about, anyOf: [one, { type: 'array', minItems: 1, items: one }] }
}

/** One value, or an empty text for a fact that is missing. */
function factSchema(form: AttributeForm): JsonObject {
  return { description: form.about, anyOf: [valueSchema({ ...form, match: 'pattern' }), { const: '' }] }
}

function valueSchema({ form, match, values, prefix }: AttributeForm): JsonObject {
  if (form === 'boolean') return { enum: [true, false, 'true', 'false'] }
  if (form === 'word') return { enum: [...(values ?? [])] }
  if (form === 'id') return { type: 'string', pattern: '^[1-9][0-9]*$' }
  const start = prefix === undefined ? '' : `(?=${prefix}|\\*)`
  const units = match === 'exact' ? '[^*]' : '.'
  return { type: 'string', maxLength: MAX_PATTERN_LENGTH, pattern: `^${start}${units}+$` }
}
