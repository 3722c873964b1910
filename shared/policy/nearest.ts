/** The nearest of some names to a misspelt one, by edit distance. It only suggests: nothing is ever corrected silently. */

/** Beyond this share of its length, another name is no longer a likely slip of the pen. */
const SLIP_SHARE = 0.4

/** The name that was probably meant; `undefined` when none is close. */
function likelyMeant(wanted: string, names: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(wanted.length * SLIP_SHARE))
  let best: string | undefined
  let bestDistance = limit + 1
  for (const name of names) {
    const distance = isOneSlip(wanted, name) ? Math.min(1, editDistance(wanted, name)) : editDistance(wanted, name, bestDistance)
    if (distance < bestDistance) {
      best = name
      bestDistance = distance
    }
  }
  return best
}

/** ` (did you mean "deploy-docs"?)`, or nothing. */
export function suggestion(wanted: string, names: Iterable<string>): string {
  const name = likelyMeant(wanted, names)
  return name === undefined ? '' : ` (did you mean "${name}"?)`
}

/** True when the texts differ in at most two neighbouring code units: one added, dropped or replaced, or two swapped. */
export function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a[head] === b[head]) head++
  let tail = 0
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++
  return Math.max(a.length, b.length) - head - tail <= 2
}

/**
 * Insertions, deletions and replacements of code units that turn one text into the other; `limit` as soon as it is certain that
 * there are at least as many.
 */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) >= limit) return limit
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  let current = new Array<number>(b.length + 1).fill(0)
  for (let row = 1; row <= a.length; row++) {
    if (fillRow(current, previous, { unit: a.charCodeAt(row - 1), row, b }) >= limit) return limit
    const spare = previous
    previous = current
    current = spare
  }
  return Math.min(previous[b.length] ?? 0, limit)
}

/** One row of the table; answers its smallest cell, below which no later row can fall. */
function fillRow(
  current: number[],
  previous: readonly number[],
  { unit, row, b }: { readonly unit: number; readonly row: number; readonly b: string },
): number {
  current[0] = row
  let smallest = row
  let left = row
  for (let column = 1; column <= b.length; column++) {
    const diagonal = previous[column - 1] ?? 0
    const replaced = b.charCodeAt(column - 1) === unit ? diagonal : diagonal + 1
    const cell = Math.min(replaced, (previous[column] ?? 0) + 1, left + 1)
    current[column] = cell
    left = cell
    if (cell < smallest) smallest = cell
  }
  return smallest
}
