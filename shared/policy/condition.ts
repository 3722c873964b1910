/** One condition against the attributes of one caller: whether it holds, and what to say when it does not. */
import type { Attributes } from '../platforms/platform.ts'
import { ignoringCase, matches } from './pattern.ts'
import type { Condition } from './policy.ts'

/** Why one condition did not hold. `expected` is for those who may read the policy. */
export interface Failure {
  readonly attribute: string
  /** The caller's own value; `null` when its token had none. */
  readonly seen: string | null
  readonly expected: readonly string[]
  readonly hint?: string
}

/** A missing or empty attribute never matches. */
export function conditionHolds({ attribute, patterns }: Condition, attributes: Attributes): boolean {
  const value = attributes.get(attribute)
  if (value === undefined || value === '') return false
  for (const pattern of patterns) if (matches(pattern, value)) return true
  return false
}

/** What to say of a condition that does not hold. A hint given wins over those found here. */
export function failureOf(condition: Condition, attributes: Attributes, hint?: string): Failure {
  const value = attributes.get(condition.attribute) ?? ''
  const told = hint ?? hintOf(condition, value)
  return {
    attribute: condition.attribute,
    seen: value === '' ? null : value,
    expected: condition.patterns.map(({ text }) => text),
    ...(told === undefined ? {} : { hint: told }),
  }
}

function hintOf(condition: Condition, value: string): string | undefined {
  if (value === '') return `the token has no ${condition.attribute}`
  if (condition.byDefault === true) {
    const accepted = condition.patterns.map(({ text }) => text).join(', ')
    return `the rule does not state ${condition.attribute}, so it accepts only ${accepted}`
  }
  return differsInCaseOnly(condition, value) ? 'only the letter case differs' : undefined
}

function differsInCaseOnly({ patterns }: Condition, value: string): boolean {
  return patterns.some((pattern) => matches(ignoringCase(pattern), value))
}
