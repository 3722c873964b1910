/** Asks a broker for its inventory, as an auditor. `inventory` and `report` share it. */
import { type Inventory, inventorySchema } from '../shared/inventory-wire.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { parseDuration } from '../shared/units.ts'
import { askAs, type Caller } from './authority-call.ts'
import { jsonOf } from './broker.ts'

const DAY_SECONDS = 86_400
const MAX_DAYS = 400

export const SINCE_EXPECTED = `--since: a duration such as 90d, at most ${MAX_DAYS}d`

/** Whole days, rounded up; `undefined` when the text is none. */
export function daysOf(since: string): number | undefined {
  const seconds = parseDuration(since)
  const days = seconds === undefined ? 0 : Math.ceil(seconds / DAY_SECONDS)
  return days >= 1 && days <= MAX_DAYS ? days : undefined
}

/** The error is lines for a person. */
export async function requestInventory(caller: Caller, days: number): Promise<Result<Inventory, readonly string[]>> {
  const answer = await askAs(caller, `/inventory?days=${days}`)
  if (!answer.ok) return err(answer.error.lines)
  const read = inventorySchema.safeParse(jsonOf(answer.value))
  return read.success ? ok(read.data) : err(['the broker answers no inventory that this version can read'])
}

/** Part of it is missing, which is more than a sample. */
export function isPartial({ unreachable, leases_cut: isCut }: Inventory): boolean {
  return unreachable.length > 0 || isCut
}
