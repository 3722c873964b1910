/**
 * The narrowest scope found that would have served every ask of a grant as it was served. It knows no kind: it takes parts of the scope away, or puts the
 * asked value in the place of a wider one, and keeps what the kind's own `narrow` and `compare` bear out. It may miss a narrower scope; it never
 * gives a wider one, or one that serves an ask differently.
 */
import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../json.ts'
import type { AnyKind } from '../kinds/kind.ts'

type Path = readonly (string | number)[]

/** Asks that differ, and trials: a grant asked for in more ways than these is left as it is. */
const MAX_DISTINCT = 100
const MAX_TRIALS = 400

/** `undefined`: nothing narrower was found. @param asked one for each ask; absent, the caller took the whole scope */
export function narrowerScope(kind: AnyKind, scope: unknown, asked: readonly (JsonObject | undefined)[]): Json | undefined {
  const distinct = new Map(asked.map((one) => [one === undefined ? '' : canonicalJson(one), one]))
  const asks = [...distinct.values()].filter((one) => one !== undefined)
  if (distinct.has('') || asks.length === 0 || asks.length > MAX_DISTINCT || !isJson(scope)) return undefined
  const serves = servesAs(kind, scope, asks)
  let best: Json = scope
  let trials = 0
  for (let found = true; found && trials < MAX_TRIALS; ) {
    found = false
    for (const candidate of candidates(best, asks)) {
      if (trials++ >= MAX_TRIALS) break
      if (!isNarrower(kind, best, candidate) || !serves(candidate)) continue
      best = candidate
      found = true
      break
    }
  }
  return best === scope ? undefined : best
}

function isNarrower(kind: AnyKind, base: Json, candidate: Json): boolean {
  return kind.scope.safeParse(candidate).success && kind.compare(base, candidate) === 'narrower'
}

/** Whether a scope gives each ask exactly what the present one gives it. */
function servesAs(kind: AnyKind, scope: Json, asks: readonly JsonObject[]): (candidate: Json) => boolean {
  const served = asks.map((ask) => {
    const read = kind.asked.safeParse(ask)
    const given = read.success ? kind.narrow(scope, read.data) : undefined
    return given?.ok === true && read.success ? { asked: read.data, given: given.value } : undefined
  })
  return (candidate) =>
    served.every((ask) => {
      // an ask that the present scope refuses was made of another one: nothing is known of what it needs
      if (ask === undefined) return false
      const now = kind.narrow(candidate, ask.asked)
      return now.ok && kind.compare(ask.given, now.value) === 'same'
    })
}

/** Steps from a scope to smaller ones, the largest first. */
function* candidates(scope: Json, asks: readonly JsonObject[]): Generator<Json, void, undefined> {
  const paths = pathsOf(scope)
  for (const path of paths) for (const value of askedAt(path, asks)) yield replaced(scope, path, value)
  for (const path of paths) {
    const here = at(scope, path)
    if (Array.isArray(here)) for (let index = 0; index < here.length; index++) yield replaced(scope, path, here.toSpliced(index, 1))
    if (isJsonObject(here) && path.length > 0) for (const name of Object.keys(here)) yield replaced(scope, path, without(here, name))
  }
}

/** What was asked for at a place: the union of lists, or each single value. None unless every ask says something there. */
function askedAt(path: Path, asks: readonly JsonObject[]): readonly Json[] {
  const values = asks.map((ask) => at(ask, path))
  if (path.length === 0 || values.some((value) => value === undefined)) return []
  const known = values.filter((value) => value !== undefined)
  if (known.every((value): value is readonly Json[] => Array.isArray(value))) return [uniqueOf(known.flat())]
  return uniqueOf(known)
}

function uniqueOf(values: readonly Json[]): readonly Json[] {
  return [...new Map(values.map((value) => [canonicalJson(value), value])).values()]
}

/** Every place of a scope but single members of lists, from the outside in. */
function pathsOf(value: Json, path: Path = []): readonly Path[] {
  if (!isJsonObject(value)) return [path]
  return [path, ...Object.entries(value).flatMap(([name, member]) => pathsOf(member, [...path, name]))]
}

function at(value: Json, path: Path): Json | undefined {
  let here: Json | undefined = value
  for (const step of path) here = isJsonObject(here) && Object.hasOwn(here, step) ? here[step] : undefined
  return here
}

function replaced(value: Json, [step, ...rest]: Path, by: Json): Json {
  if (step === undefined) return by
  if (!isJsonObject(value)) return value
  return { ...value, [step]: replaced(value[step] ?? null, rest, by) }
}

function without(record: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([member]) => member !== name))
}

function isJson(value: unknown): value is Json {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true
  if (Array.isArray(value)) return value.every(isJson)
  return isJsonObject(value) && Object.values(value).every(isJson)
}
