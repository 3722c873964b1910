/**
 * Values for the facts of a run that a policy leaves open and that are compared exactly: what a reader expects to see, and as many others as are needed.
 * A fresh value is one that no set of the region names.
 */
import { admits, type Region } from './witness-region.ts'

/** Values of one attribute: a closed list, or an endless one that begins with the usual. */
export type Values = readonly string[] | ((index: number) => string)

export const USUAL_COMMIT = 'a6c5fce977dda2c7d53a29c1ef1744c31bf6d1b4'

export const counted =
  (first: string): Values =>
  (index) =>
    String(BigInt(first) + BigInt(index))
export const named =
  (first: string): Values =>
  (index) =>
    index === 0 ? first : `${first}-${index}`
export const commits: Values = (index) => (index === 0 ? USUAL_COMMIT : index.toString(16).padStart(8, '0') + USUAL_COMMIT.slice(8))

/** The value of each that a reader sees most often. */
export function mostUsual(known: readonly (readonly [string, Values])[]): ReadonlyMap<string, string> {
  return new Map(known.map(([attribute, values]) => [attribute, typeof values === 'function' ? values(0) : (values[0] ?? '')]))
}

/** A value the region has for the attribute; `undefined` when it has none. */
export function exactValue(region: Region, attribute: string, values: Values = named('value')): string | undefined {
  const rest = region.bounds.get(attribute)?.rest
  if (typeof values !== 'function')
    return values.find((value) => (rest === undefined ? admits(region, attribute, value) : rest.includes(value)))
  if (rest !== undefined) return rest[0]
  // every set names finitely many texts, so one of the first values is free
  for (let index = 0; ; index++) if (admits(region, attribute, values(index))) return values(index)
}
