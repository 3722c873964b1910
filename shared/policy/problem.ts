/**
 * What is wrong with a policy, as data: where in the document, which rule of the language it breaks, and what was expected.
 * A problem points into the document, never into a file: the broker, which sees no files, reports the same ones.
 */

import type { JsonObject } from '../json.ts'

/** Member names and list indexes from the top of the merged document. */
export type DocumentPath = readonly (string | number)[]

/** The errors of the language. Each stops `check`, `compile`, `plan`, `explain`, publish and `dev`. */
export const ERROR_IDS = [
  'yaml-syntax',
  'yaml-tag',
  'yaml-alias',
  'yaml-depth',
  'duplicate-key',
  'duplicate-name',
  'unknown-key',
  'missing-key',
  'wrong-type',
  'wrong-value',
  'empty',
  'invalid-name',
  'undefined-name',
  'unknown-attribute',
  'forbidden-attribute',
  'invalid-pattern',
  'matches-everything',
  'wildcard-not-allowed',
  'unconditional-rule',
  'invalid-url',
  'ttl-out-of-range',
  'invalid-connection',
  'invalid-scope',
] as const

export type ErrorId = (typeof ERROR_IDS)[number]

export type Severity = 'error' | 'warning' | 'info'

/** Where a problem shows: at the value itself, or at the name it stands under. */
export type Place = 'value' | 'key'

/** A change of the document that mends a problem by itself: the value at its path becomes another, or its entry goes. */
export type DocumentEdit = { readonly set: string } | 'remove'

/** What some problems can say besides their message. */
export interface ProblemDetails {
  readonly edit?: DocumentEdit
  /** The payload of an ID token that shows it, as `jobpass explain` takes it. */
  readonly example?: JsonObject
}

export interface Problem extends ProblemDetails {
  readonly path: DocumentPath
  readonly at: Place
  /** An error of the language, or the id of a lint. */
  readonly id: string
  readonly severity: Severity
  readonly message: string
}

/** An error at the value of a path. */
export function errorAt(path: DocumentPath, id: ErrorId, message: string): Problem {
  return { path, at: 'value', id, severity: 'error', message }
}

/** An error at the name a path ends with: an unknown key, an invalid name, something missing below it. */
export function errorAtKey(path: DocumentPath, id: ErrorId, message: string): Problem {
  return { path, at: 'key', id, severity: 'error', message }
}

/** `grants.deploy-docs.allow[0].ref`, for those who have no file to point into. */
export function formatPath(path: DocumentPath): string {
  let text = ''
  for (const step of path) text += typeof step === 'number' ? `[${step}]` : text === '' ? step : `.${step}`
  return text
}
