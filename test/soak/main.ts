/** `npm run soak [-- EXCHANGES [KILLS]]`: 200,000 exchanges and four kills unless told otherwise. Stops by itself; exits 1 with every difference it found. */
import { soak } from './soak.ts'

const [exchanges = 200_000, kills = 4] = process.argv.slice(2).map(Number)
if (!(exchanges >= 1_000 && kills >= 1)) {
  console.error('npm run soak [-- EXCHANGES [KILLS]]: at least 1000 exchanges and one kill')
  process.exit(2)
}
const startedAt = performance.now()
const since = (): string => `${Math.round((performance.now() - startedAt) / 1000)} s`.padStart(7)
const { differences, marks, rows, lost, issued, refused, entries } = await soak({
  exchanges,
  kills,
  toTheEnd: true,
  tell: (text) => console.log(`${since()}  ${text}`),
})
console.log(`\n${marks.at(-1)?.asked.toLocaleString('en')} exchanges, ${kills} kills, ${lost} answers lost`)
console.log(`ledger: ${entries} entries, ${issued} issued, ${refused} refused; left in tables: ${JSON.stringify(rows)}`)
for (const { asked, bytesPerExchange, residentMib, perSecond } of marks) {
  console.log(
    `  ${asked.toLocaleString('en').padStart(8)}  ${bytesPerExchange} bytes an exchange  ${residentMib} MiB  ${perSecond} a second`,
  )
}
for (const difference of differences) console.error(`DIFFERENCE  ${difference}`)
console.log(differences.length === 0 ? 'no difference' : `${differences.length} differences`)
process.exitCode = differences.length === 0 ? 0 : 1
