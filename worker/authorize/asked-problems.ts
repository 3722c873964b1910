/**
 * What is wrong with the scope a caller asked for, in the words that policy authors get: what was expected and the nearest valid name.
 * It quotes the caller's own ask alone, cut short and escaped; nothing of the grant or of its connection is looked at.
 */
import type * as z from 'zod'
import { type DocumentPath, formatPath, type Problem } from '../../shared/policy/problem.ts'
import { shapeProblems } from '../../shared/policy/shape-problems.ts'

const MAX_TOLD = 3

/** A step of a path that can be shown as it is; callers choose the keys of mappings. */
const PLAIN_STEP = /^[A-Za-z0-9_.-]{1,64}$/

/** At least one problem, at most three: a caller mends the first and asks again. */
export function askedProblems(error: z.ZodError, asked: { readonly schema: z.ZodType; readonly value: unknown }): readonly string[] {
  const problems = shapeProblems(error, { ...asked, path: [], otherwise: 'invalid-scope' })
  return problems.slice(0, MAX_TOLD).map(told)
}

function told({ id, path, message }: Problem): string {
  const place = placeOf(id === 'unknown-key' ? path.slice(0, -1) : path)
  return place === '' ? message : `${place}: ${message}`
}

function placeOf(path: DocumentPath): string {
  return path.every((step) => PLAIN_STEP.test(String(step))) ? formatPath(path) : ''
}
