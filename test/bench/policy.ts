/**
 * What `plan` and `check` cost, as a user pays it: the built command line on folders of YAML, each run in a process of its own. Policies of several
 * sizes with few and with all rules changed, and the shapes that are hardest on the tools.
 */
import { rmSync } from 'node:fs'
import { type Cost, runCommand } from './policy-command.ts'
import { largePolicy, oneGrantPolicy, RULES_A_GRANT } from './policy-folders.ts'
import { HARD_SHAPES } from './policy-shapes.ts'

/** What the design asks of 20 000 rules for a plan and of 5 000 grants for a check. */
const TARGETS = { plan: { ms: 3_000, mb: 500 }, check: { ms: 2_000, mb: 500 } } as const

const TARGET_RULES = 20_000
const NO_TARGET = { ms: Number.POSITIVE_INFINITY, mb: Number.POSITIVE_INFINITY }

const SIZES = [500, 5_000, 20_000, 50_000]

export async function benchPolicy(): Promise<void> {
  const start = await runCommand(['--version'], 0)
  console.log(`policy: the built command line, one process a line; starting it alone takes ${start.cpuMs.toFixed(0)} ms of processor time`)
  await sized('plan, no rule changed', 'plan', SIZES, (rules) => planOf(rules, () => false))
  await sized('plan, 2 % of the rules changed', 'plan', SIZES, (rules) => planOf(rules, (index) => index % 50 === 0))
  await sized('plan, every rule changed', 'plan', SIZES, (rules) => planOf(rules, () => true))
  await sized('check, a clean policy', 'check', SIZES, (rules) => checkOf(rules, 'release'))
  await sized('check, two findings a grant', 'check', SIZES, (rules) => checkOf(rules, 'production'))
  console.log('  the shapes that are hardest on the tools')
  for (const { name, base, head } of HARD_SHAPES) {
    await withFolders([oneGrantPolicy(base), oneGrantPolicy(head)], async ([before, after]) => {
      say(`plan, ${name}`, await runCommand(['plan', before ?? '', after ?? ''], 0), 'plan')
      say(`check, ${name}`, await runCommand(['check', after ?? ''], 0), 'check')
    })
  }
}

function planOf(rules: number, isChanged: (index: number) => boolean): Promise<Cost> {
  const grants = rules / RULES_A_GRANT
  return withFolders([largePolicy({ grants }), largePolicy({ grants, isChanged })], (folders) => runCommand(['plan', ...folders], 0))
}

function checkOf(rules: number, environment: string): Promise<Cost> {
  const folder = largePolicy({ grants: rules / RULES_A_GRANT, environment })
  return withFolders([folder], (folders) => runCommand(['check', ...folders], environment === 'production' ? 1 : 0))
}

async function withFolders<T>(folders: readonly string[], use: (folders: readonly string[]) => Promise<T>): Promise<T> {
  try {
    return await use(folders)
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true })
  }
}

/** One line a size, with how the cost grew since the size before: by as much as the rules, when it is linear. */
async function sized(
  name: string,
  command: keyof typeof TARGETS,
  sizes: readonly number[],
  measure: (rules: number) => Promise<Cost>,
): Promise<void> {
  let before: { readonly rules: number; readonly cpuMs: number } | undefined
  for (const rules of sizes) {
    const cost = await measure(rules)
    const growth = before === undefined ? '' : `rules ×${times(rules / before.rules)}, CPU ×${times(cost.cpuMs / before.cpuMs)}`
    const size = `${(rules / RULES_A_GRANT).toLocaleString('en')} grants, ${rules.toLocaleString('en')} rules`
    say(`${name}: ${size}`, cost, rules > TARGET_RULES ? undefined : command, growth)
    before = { rules, cpuMs: cost.cpuMs }
  }
}

function times(factor: number): string {
  return factor.toFixed(1)
}

/** Says also where a target is missed, for a size that has one. */
function say(name: string, { cpuMs, wallMs, memoryMb, said }: Cost, command: keyof typeof TARGETS | undefined, growth = ''): void {
  const { ms, mb } = command === undefined ? NO_TARGET : TARGETS[command]
  const over = [...(wallMs > ms ? [`over ${ms / 1_000} s`] : []), ...(memoryMb > mb ? [`over ${mb} MB`] : [])].join(', ')
  const figures = [`${(cpuMs / 1_000).toFixed(2)} s CPU`, `${(wallMs / 1_000).toFixed(2)} s`, `${memoryMb.toFixed(0)} MB`]
  const line = [name.padEnd(62), ...figures.map((figure) => figure.padStart(11)), growth.padEnd(22), said, over]
  console.log(`  ${line.join('  ').trimEnd()}`)
}
