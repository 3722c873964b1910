/**
 * The definitions of the language as rows of a table: every key, what it means, whether it must be there, how it is written, what holds without it.
 * Read from the zod definitions themselves, whose own words for what they expect are the words of the table.
 */
import * as z from 'zod'
import { isJsonObject, type JsonObject } from '../json.ts'

export interface KeyRow {
  /** `limits.per_job` for a key inside another. */
  readonly key: string
  readonly isRequired: boolean
  readonly meaning: string
  /** How it is written. */
  readonly form: string
  readonly default: string
  /** Of a mapping with very many keys: all of them. */
  readonly keys: readonly string[]
}

/** What a definition says when a value is none of its own: kept beside the schema that zod makes of it. */
const EXPECTED = 'x-expected'

export function rowsOf(definition: z.ZodType): readonly KeyRow[] {
  const schema: unknown = z.toJSONSchema(definition, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const words = expectedBy(zodSchema)
      if (words !== undefined) Object.assign(jsonSchema, { [EXPECTED]: words })
    },
  })
  return isJsonObject(schema) ? rowsOfObject(schema, '') : []
}

/** What a value is told that is none: the definition's own words, where it has some. A blank fails every check of a text, and nothing at all every choice. */
function expectedBy(schema: z.core.$ZodType): string | undefined {
  const { type } = schema._zod.def
  if (type !== 'string' && type !== 'union') return undefined
  const told = (type === 'string' ? [' ', undefined] : [undefined]).flatMap((value) => {
    const parsed = z.safeParse(schema, value)
    return parsed.success ? [] : parsed.error.issues.map(({ message }) => message)
  })
  return told.find((message) => !message.startsWith('Invalid'))?.replace(/^expected /, '')
}

function rowsOfObject(schema: JsonObject, prefix: string): readonly KeyRow[] {
  const required = Array.isArray(schema.required) ? schema.required : []
  const properties = isJsonObject(schema.properties) ? Object.entries(schema.properties) : []
  return properties.flatMap(([name, property]) => {
    if (!isJsonObject(property)) return []
    const key = prefix + name
    const { nested, mark } = nestedIn(property)
    const row: KeyRow = {
      key,
      isRequired: required.includes(name),
      meaning: wordOf(property.description),
      form: formOf(property),
      default: typeof property.default === 'string' ? property.default : '',
      keys: isJsonObject(property.properties) && !hasFewKeys(property) ? Object.keys(property.properties) : [],
    }
    return [row, ...(nested === undefined ? [] : rowsOfObject(nested, `${key}${mark}.`))]
  })
}

/** A mapping of few keys, or a list of such mappings, is told key by key. */
function nestedIn(property: JsonObject): { readonly nested: JsonObject | undefined; readonly mark: string } {
  const choices = Array.isArray(property.anyOf) ? property.anyOf : [property]
  const mappings = choices.filter(isJsonObject).filter((choice) => choice.properties !== undefined)
  const [only] = mappings
  if (mappings.length === 1 && only !== undefined) return { nested: hasFewKeys(only) ? only : undefined, mark: '' }
  const { items } = property
  return { nested: isJsonObject(items) && items.properties !== undefined && hasFewKeys(items) ? items : undefined, mark: '[]' }
}

const MANY_KEYS = 12

function hasFewKeys({ properties }: JsonObject): boolean {
  return isJsonObject(properties) && Object.keys(properties).length <= MANY_KEYS
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** One phrase for how a value is written, with its limits. */
function formOf(schema: JsonObject): string {
  const expected = schema[EXPECTED]
  if (typeof expected === 'string') return expected.replace(/^text that is not blank$/, 'text') + limitsOf(schema)
  if (schema.const !== undefined) return `\`${String(schema.const)}\``
  if (Array.isArray(schema.enum)) return schema.enum.map((value) => `\`${String(value)}\``).join(' or ')
  if (Array.isArray(schema.anyOf)) return schema.anyOf.filter(isJsonObject).map(formOf).join(', or ')
  if (schema.type === 'array') return listForm(schema)
  if (schema.type === 'object') return mappingForm(schema)
  if (schema.type === 'boolean') return '`true` or `false`'
  if (schema.type === 'integer') return `a whole number${schema.minimum === undefined ? '' : `, at least ${String(schema.minimum)}`}`
  return schema.type === 'string' ? `text${limitsOf(schema)}` : 'see below'
}

function listForm({ items, ...list }: JsonObject): string {
  if (!isJsonObject(items)) return `a list${countOf(list)}`
  if (items.type === 'object') return isJsonObject(items.properties) ? `a list of mappings${countOf(list)}` : `a list${countOf(list)}`
  return `a list: ${formOf(items)}${countOf(list)}`
}

function mappingForm({ properties, additionalProperties, propertyNames }: JsonObject): string {
  if (isJsonObject(properties)) {
    const names = Object.keys(properties)
    if (names.length <= MANY_KEYS) return `a mapping: ${names.map((name) => `\`${name}\``).join(', ')}`
    const values = new Set(
      Object.values(properties).flatMap((value) => (isJsonObject(value) && Array.isArray(value.enum) ? value.enum : [])),
    )
    return `a mapping of the keys below, each ${[...values].map((value) => `\`${String(value)}\``).join(' or ')}`
  }
  const value = isJsonObject(additionalProperties) ? formOf(additionalProperties) : ''
  if (value === '' || value === 'see below') return 'a mapping'
  return isJsonObject(propertyNames) ? `a mapping: ${formOf(propertyNames)} → ${value}` : `a mapping of ${value}`
}

function limitsOf({ maxLength }: JsonObject): string {
  return typeof maxLength === 'number' ? `, at most ${maxLength} characters` : ''
}

function countOf({ minItems, maxItems }: JsonObject): string {
  const least = typeof minItems === 'number' && minItems > 0 ? [`at least ${minItems}`] : []
  const most = typeof maxItems === 'number' ? [`at most ${maxItems}`] : []
  return least.length + most.length === 0 ? '' : ` (${[...least, ...most].join(', ')})`
}
