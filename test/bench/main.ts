/** `npm run bench [-- exchange|upstream|memory|action|policy|ledger|cold]`: speed as ratios against floors measured in the same run. Nothing here is a test. */
import { benchAction } from './action.ts'
import { benchCold, benchExchange, benchMemory, benchUpstream } from './exchange.ts'
import { benchLedger } from './ledger.ts'
import { benchPolicy } from './policy.ts'

const SECTIONS = {
  exchange: benchExchange,
  upstream: benchUpstream,
  memory: benchMemory,
  action: benchAction,
  policy: benchPolicy,
  ledger: benchLedger,
  cold: benchCold,
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(SECTIONS, name))
if (unknown.length > 0) {
  console.error(`no section ${unknown.join(', ')}; there are ${Object.keys(SECTIONS).join(', ')}`)
  process.exit(2)
}
for (const [name, bench] of Object.entries(SECTIONS)) {
  if (asked.length === 0 || asked.includes(name)) await bench()
}
