/** The soak in short: what `npm run soak` does with 200,000 exchanges, with a few thousand and two kills. */
import { expect, test } from 'vitest'
import { soak } from '../soak/soak.ts'

test('after thousands of exchanges and two kills, callers and ledger say the same', { timeout: 120_000 }, async () => {
  const { differences, marks, issued, refused, rows } = await soak({ exchanges: 3_000, kills: 2, toTheEnd: false, tell: () => undefined })
  expect(differences).toEqual([])
  expect(marks.at(-1)?.asked).toBe(3_000)
  expect(issued).toBeGreaterThan(2_500)
  expect(refused).toBeGreaterThan(250)
  expect(rows.draws).toBeGreaterThan(250)
})
