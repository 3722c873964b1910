/**
 * Judges conditions as they are written: known attributes, patterns that mean something, values of the attribute's form.
 * A condition that could never hold, or that always would, is a mistake of its author and is reported as one.
 */
import { type AttributeForm, hasControlCharacter, type Platform } from '../platforms/platform.ts'
import type { Report } from './check-shape.ts'
import { suggestion } from './nearest.ts'
import { MAX_PATTERN_LENGTH } from './pattern.ts'
import { type DocumentPath, type ErrorId, errorAt, errorAtKey } from './problem.ts'
import { describe, quoted } from './shape-problems.ts'

export interface ConditionsPlace {
  readonly path: DocumentPath
  /** An attribute is known when any of these platforms has it. */
  readonly platforms: readonly Platform[]
  /** Attributes that have no place here, each with the reason. */
  readonly excluded?: ReadonlyMap<string, string>
}

const DECIMAL_ID = /^[1-9][0-9]*$/
const ONLY_WILDCARDS = /^\*+$/

/** Why a text is no pattern of an attribute; `undefined` when nothing is wrong. */
interface Fault {
  readonly id: ErrorId
  readonly message: string
}

export function checkConditions(conditions: Readonly<Record<string, unknown>>, place: ConditionsPlace, report: Report): void {
  for (const [name, value] of Object.entries(conditions)) {
    const path = [...place.path, name]
    const forms = attributeForms(name, place, path, report)
    if (forms.length > 0) checkValue(value, { name, forms, path }, report)
  }
}

/** The forms an attribute has on the platforms of the place; none, when it is no attribute there, and the reason is reported. */
export function attributeForms(name: string, place: ConditionsPlace, path: DocumentPath, report: Report): readonly AttributeForm[] {
  const excluded = place.excluded?.get(name) ?? firstDefined(place.platforms, (platform) => platform.neverConditions.get(name))
  if (excluded !== undefined) {
    report(errorAtKey(path, 'forbidden-attribute', `${name} is never a condition here: ${excluded}`))
    return []
  }
  const forms = place.platforms.map((platform) => platform.attribute(name)).filter((form) => form !== undefined)
  if (forms.length === 0) {
    const known = place.platforms.flatMap((platform) => platform.attributeNames)
    report(errorAtKey(path, 'unknown-attribute', `unknown attribute ${quoted(name)}${suggestion(name, known)}`))
  }
  return forms
}

interface Written {
  readonly name: string
  readonly forms: readonly AttributeForm[]
  readonly path: DocumentPath
}

function checkValue(value: unknown, written: Written, report: Report): void {
  if (!Array.isArray(value)) {
    checkOne(value, written, report)
    return
  }
  if (value.length === 0) {
    report(errorAt(written.path, 'empty', `${written.name}: expected at least one pattern; an empty list would match nothing`))
  }
  value.forEach((entry: unknown, index) => {
    checkOne(entry, { ...written, path: [...written.path, index] }, report)
  })
}

function checkOne(value: unknown, { name, forms, path }: Written, report: Report): void {
  const text = conditionText(value)
  if (typeof text === 'object') report(errorAt(path, text.id, `${name}: ${text.message}`))
  else {
    const fault = faultOfAll(forms, (form) => patternFault(text, form))
    if (fault !== undefined) report(errorAt(path, fault.id, `${name}: ${fault.message}`))
  }
}

/** A bare boolean is its word. Anything but text and booleans has no place in a condition. */
export function conditionText(value: unknown): string | Fault {
  if (typeof value === 'string') return value
  if (typeof value === 'boolean') return String(value)
  if (value === null || value === undefined) return { id: 'empty', message: 'expected a pattern, found nothing' }
  const advice = typeof value === 'number' ? ': put ids and numbers in quotes' : ''
  return { id: 'wrong-type', message: `expected text or a list of texts, found ${describe(value)}${advice}` }
}

/** A value is right when it is right on one platform that has the attribute; the fault told is the first one's. */
export function faultOfAll(forms: readonly AttributeForm[], faultOf: (form: AttributeForm) => Fault | undefined): Fault | undefined {
  const faults = forms.map(faultOf)
  return faults.includes(undefined) ? undefined : faults[0]
}

function patternFault(text: string, form: AttributeForm): Fault | undefined {
  return textFault(text) ?? wildcardFault(text, form) ?? valueFault(text, form)
}

function textFault(text: string): Fault | undefined {
  if (text === '') return { id: 'empty', message: 'an empty pattern never matches: a missing or empty fact counts as absent' }
  if (text.length > MAX_PATTERN_LENGTH) {
    return { id: 'invalid-pattern', message: `expected at most ${MAX_PATTERN_LENGTH} characters, found ${text.length}` }
  }
  if (text.trim() !== text) return { id: 'invalid-pattern', message: `expected no space around ${quoted(text)}` }
  if (hasControlCharacter(text)) return { id: 'invalid-pattern', message: `expected no control characters in ${quoted(text)}` }
  return undefined
}

function wildcardFault(text: string, form: AttributeForm): Fault | undefined {
  if (!text.includes('*')) return undefined
  if (form.match === 'exact') return { id: 'wildcard-not-allowed', message: `this attribute is compared exactly: no * in ${quoted(text)}` }
  if (ONLY_WILDCARDS.test(text))
    return { id: 'matches-everything', message: `${quoted(text)} could match everything: leave the attribute out or be exact` }
  return undefined
}

/** Whether a text without wildcards, or with them where they may stand, has the attribute's form. */
export function valueFault(text: string, form: AttributeForm): Fault | undefined {
  if (form.form === 'id' && !DECIMAL_ID.test(text)) {
    return { id: 'wrong-value', message: `expected a decimal id without a leading zero, found ${quoted(text)}` }
  }
  if (form.form === 'boolean' && text !== 'true' && text !== 'false') {
    return { id: 'wrong-value', message: `expected true or false, found ${quoted(text)}` }
  }
  if (form.form === 'word' && !form.values?.includes(text)) return wordFault(text, form.values ?? [])
  if (form.prefix !== undefined && !text.startsWith(form.prefix) && !text.startsWith('*')) {
    return { id: 'invalid-pattern', message: `expected ${form.prefix}… in full (${form.prefix}heads/${text}?), found ${quoted(text)}` }
  }
  return form.literalOwner === undefined ? undefined : ownerFault(text, form.literalOwner)
}

function wordFault(text: string, values: readonly string[]): Fault {
  const hint = suggestion(text, values)
  const valid = hint === '' && values.length <= 5 ? `; expected one of ${values.join(', ')}` : hint
  return { id: 'wrong-value', message: `unknown value ${quoted(text)}${valid}` }
}

function ownerFault(text: string, which: 'first' | 'last'): Fault | undefined {
  const slash = which === 'first' ? text.indexOf('/') : text.lastIndexOf('/')
  const owner = text.slice(0, Math.max(slash, 0))
  if (owner.includes('*') || (slash < 0 && text.includes('*'))) {
    return { id: 'wildcard-not-allowed', message: `expected the owner written out before the ${which} /, found ${quoted(text)}` }
  }
  if (which === 'last' && text.includes('**')) {
    const message = `expected * at most, found ${quoted(text)}: ** would reach into subgroups, which have owners of their own`
    return { id: 'wildcard-not-allowed', message }
  }
  if (owner === '' || slash === text.length - 1) return { id: 'invalid-pattern', message: `expected owner/name, found ${quoted(text)}` }
  return undefined
}

function firstDefined<T, V>(items: readonly T[], read: (item: T) => V | undefined): V | undefined {
  for (const item of items) {
    const value = read(item)
    if (value !== undefined) return value
  }
  return undefined
}
