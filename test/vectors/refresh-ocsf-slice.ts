/**
 * Compiles from the published Open Cybersecurity Schema Framework (github.com/ocsf/ocsf-schema, Apache-2.0) the event classes that `shared/ocsf.ts` writes,
 * and the objects in them, to one JSON Schema: `ocsf-slice.json`. It reads a local checkout and fetches nothing. An object that is not listed here may not
 * be written at all.
 *
 *   node test/vectors/refresh-ocsf-slice.ts CHECKOUT COMMIT
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import * as z from 'zod'

const CLASSES = ['base_event', 'iam/authentication', 'iam/authorize_session', 'iam/entity_management']
const OBJECTS = ['authentication_token', 'managed_entity', 'metadata', 'product', 'service', 'session', 'user', 'actor', 'object']

const attribute = z.looseObject({
  type: z.string().optional(),
  is_array: z.boolean().optional(),
  requirement: z.string().optional(),
  enum: z.record(z.string(), z.unknown()).optional(),
})
const item = z.looseObject({
  uid: z.number().optional(),
  name: z.string(),
  category: z.string().optional(),
  extends: z.string().optional(),
  attributes: z.record(z.string(), z.unknown()),
  constraints: z.record(z.string(), z.array(z.string())).optional(),
})
const dictionaryFile = z.looseObject({
  attributes: z.record(z.string(), attribute),
  types: z.looseObject({ attributes: z.record(z.string(), z.looseObject({ type: z.string().optional(), regex: z.string().optional() })) }),
})
const categoriesFile = z.looseObject({ attributes: z.record(z.string(), z.looseObject({ uid: z.number() })) })

type Item = z.infer<typeof item>
type Attribute = z.infer<typeof attribute>
type Schema = Record<string, unknown>

const [, , checkout = '', commit = ''] = process.argv
if (commit === '') throw new Error('usage: refresh-ocsf-slice.ts CHECKOUT COMMIT')
const read = (file: string): unknown => JSON.parse(readFileSync(join(checkout, file), 'utf8'))
const dictionary = dictionaryFile.parse(read('dictionary.json'))
const categories = categoriesFile.parse(read('categories.json'))
const { version } = z.looseObject({ version: z.string() }).parse(read('version.json'))

/** An item with what it extends put under it. A name in an attribute's own file says more than the dictionary does. */
function resolved(folder: 'events' | 'objects', path: string): Item {
  const file = [path, `iam/${path}`].map((one) => join(folder, `${one}.json`)).find((one) => existsSync(join(checkout, one))) ?? path
  const own = item.parse(read(file))
  if (own.extends === undefined) return own
  const parent = resolved(folder, own.extends)
  const attributes: Record<string, unknown> = { ...parent.attributes }
  for (const [name, value] of Object.entries(own.attributes)) {
    if (name === '$include') continue
    const [over, under] = [value, attributes[name] ?? {}].map((one) => attribute.parse(one))
    attributes[name] = { ...under, ...over, enum: { ...under?.enum, ...over?.enum } }
  }
  return { ...parent, ...own, attributes, constraints: { ...parent.constraints, ...own.constraints } }
}

function schemaOfType(type: string): Schema | false {
  const known = dictionary.types.attributes[type]
  if (known === undefined) return OBJECTS.includes(type) ? { $ref: `#/$defs/${type}` } : false
  const base = known.type ?? type
  if (base === 'json_t') return {}
  if (base === 'boolean_t') return { type: 'boolean' }
  if (base === 'integer_t' || base === 'long_t') return { type: 'integer' }
  if (base === 'float_t') return { type: 'number' }
  return { type: 'string', ...(known.regex === undefined ? {} : { pattern: known.regex }) }
}

function schemaOf(name: string, own: Attribute): Schema | false {
  const general = dictionary.attributes[name]
  const one = schemaOfType(own.type ?? general?.type ?? '')
  const values = { ...general?.enum, ...own.enum }
  const listed = one !== false && one.type === 'integer' && Object.keys(values).length > 0
  const whole = listed ? { ...one, enum: Object.keys(values).map(Number) } : one
  return whole !== false && (own.is_array ?? general?.is_array) === true ? { type: 'array', items: whole } : whole
}

function schemaOfItem({ attributes, constraints = {} }: Item): Schema {
  const entries = Object.entries(attributes).filter(([name]) => name !== '$include')
  const read = entries.map(([name, value]) => ({ name, own: attribute.parse(value) }))
  const oneOf = constraints.just_one?.map((name) => ({ required: [name] }))
  const anyOf = constraints.at_least_one?.map((name) => ({ required: [name] }))
  return {
    type: 'object',
    properties: Object.fromEntries(read.map(({ name, own }) => [name, schemaOf(name, own)])),
    required: read.filter(({ own }) => own.requirement === 'required').map(({ name }) => name),
    additionalProperties: false,
    ...(oneOf === undefined ? {} : { oneOf }),
    ...(anyOf === undefined ? {} : { anyOf }),
  }
}

/** OCSF: a class's number is that of its category × 1000 and its own; a type's is that of its class × 100 and the activity's. */
function schemaOfClass(path: string): [string, Schema] {
  const whole = resolved('events', path)
  const category = whole.uid === undefined ? 0 : (categories.attributes[whole.category ?? '']?.uid ?? 0)
  const classUid = category * 1000 + (whole.uid ?? 0)
  const { properties, ...rest } = schemaOfItem(whole)
  const activities = Object.keys(attribute.parse(whole.attributes.activity_id).enum ?? {}).map(Number)
  const numbers = {
    category_uid: { const: category },
    class_uid: { const: classUid },
    activity_id: { enum: activities },
    type_uid: { enum: activities.map((activity) => classUid * 100 + activity) },
  }
  return [String(classUid), { ...rest, properties: { ...z.record(z.string(), z.unknown()).parse(properties), ...numbers } }]
}

const defs = OBJECTS.filter((name) => name !== 'object').map((name) => [name, schemaOfItem(resolved('objects', name))])
const slice = {
  title: `OCSF ${version}: the classes Jobpass writes`,
  license: 'Apache-2.0, see ocsf-slice.license.txt',
  provenance: `compiled from github.com/ocsf/ocsf-schema at ${commit} by ${import.meta.filename.split('/').at(-1)}; profiles left out`,
  version,
  classes: Object.fromEntries(CLASSES.map(schemaOfClass)),
  $defs: { ...Object.fromEntries(defs), object: { type: 'object' } },
}
writeFileSync(new URL('./ocsf-slice.json', import.meta.url), `${JSON.stringify(slice, null, 1)}\n`)
