/** `jobpass plan`: who gains and who loses access between two policies, with a token as proof of each. Only `--broker` asks one. */

import { compilePolicy } from '../../shared/policy/compile.ts'
import { type Plan, planPolicies } from '../../shared/policy/plan.ts'
import { FAIL_ON, isFailing } from '../../shared/policy/plan-condition.ts'
import { planJson } from '../../shared/policy/plan-json.ts'
import { planMarkdown } from '../../shared/policy/plan-markdown.ts'
import { planText } from '../../shared/policy/plan-text.ts'
import { unchangedGrants } from '../../shared/policy/plan-unchanged.ts'
import { type Replayed, replayMarkdown, replayText } from '../../shared/policy/replay-report.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { brokerOrigin } from '../broker.ts'
import { type CommandIo, cannotRun, EXIT } from '../command.ts'
import { runnerIdTokens } from '../id-token.ts'
import { readOptions, usageError } from '../options.ts'
import { readPolicySources, type SourcePolicy } from '../policy-source.ts'
import { requestReplay } from '../replaying.ts'

export const planHelp = `jobpass plan BASE HEAD [--format text|json|markdown] [--fail-on widen|any|none] [--repo DIR]
             [--broker URL [--days N]]

Compares what two policies allow, not their text: for each grant who can newly get it and who no longer can, each with a
token that the two answer differently, and how scope, lifetime, limits and connection changed. The answer is exact.

BASE and HEAD are each a folder, a file that \`jobpass compile\` wrote, or REV:DIR: the folder DIR, from the root of the
repository, in the git revision REV. Revisions are read as data; nothing is checked out.

  --format text      for people (default)
  --format json      {"base","head","grants":[...]}; a witness is a payload that \`jobpass explain\` takes as it is
  --format markdown  for a pull request
  --fail-on widen    exit 3 when somebody can newly get a grant, or a scope is wider or a ttl longer
  --fail-on any      exit 3 when anything changed
  --fail-on none     never (default)
  --repo DIR         the git repository; default: that of the current directory
  --broker URL       also asks this broker how the asks it recorded would be decided under HEAD; it needs the ID token of a
                     publisher or auditor, and changes nothing there
  --days N           how many days of asks (default 7, at most 90)

Exit: 0 compared · 3 the change named by --fail-on is there · 2 could not run (a policy has errors, a revision is not there).
`

const SPEC = {
  operands: ['BASE', 'HEAD'],
  options: { format: 'value', 'fail-on': 'value', repo: 'value', broker: 'value', days: 'value' },
} as const

const FORMATS = {
  text: (plan: Plan, replay?: Replayed) => planText(plan) + (replay === undefined ? '' : `\n${replayText(replay)}`),
  json: (plan: Plan, replay?: Replayed) => (replay === undefined ? planJson(plan) : withReplay(planJson(plan), replay)),
  markdown: (plan: Plan, replay?: Replayed) => planMarkdown(plan) + (replay === undefined ? '' : `\n${replayMarkdown(replay)}`),
} as const

function isKey<T extends object>(name: string, of: T): name is Extract<keyof T, string> {
  return Object.hasOwn(of, name)
}

export async function planCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'plan', read.error)
  const { operands, option } = read.value
  const format = option('format') ?? 'text'
  const wanted = option('fail-on') ?? 'none'
  const failOn = FAIL_ON.find((name) => name === wanted)
  if (!isKey(format, FORMATS)) return usageError(io, 'plan', [`--format: text, json or markdown, not ${JSON.stringify(format)}`])
  if (failOn === undefined) return usageError(io, 'plan', [`--fail-on: widen, any or none, not ${JSON.stringify(wanted)}`])
  const [base, head] = await readPolicySources(operands, { cwd: io.cwd, repository: option('repo') ?? '.' })
  if (base?.ok !== true || head?.ok !== true) {
    return cannotRun(
      io,
      'plan',
      [base, head].flatMap((side) => (side?.ok === false ? [side.error.trimEnd()] : [])),
    )
  }
  const plan = compare(base.value, head.value)
  if (!plan.ok) return cannotRun(io, 'plan', [plan.error])
  const replay = await replayOf(option('broker'), option('days') ?? '7', head.value)
  if (!replay.ok) return cannotRun(io, 'plan', replay.error)
  io.stdout(FORMATS[format](plan.value, replay.value))
  return isFailing(plan.value, failOn) ? EXIT.changed : EXIT.success
}

function compare(base: SourcePolicy, head: SourcePolicy): Result<Plan, string> {
  const plan = planPolicies(base.policy, head.policy, unchangedGrants(base.document, head.document))
  if (plan.ok) return plan
  return err(`the patterns of grant ${plan.error.grant} are too entangled to compare exactly, so nothing is said: simplify them`)
}

function withReplay(json: string, { replay }: Replayed): string {
  return `${JSON.stringify({ ...JSON.parse(json), replay }, null, 2)}\n`
}

/** Nothing without a broker. */
async function replayOf(
  broker: string | undefined,
  days: string,
  head: SourcePolicy,
): Promise<Result<Replayed | undefined, readonly string[]>> {
  if (broker === undefined) return ok(undefined)
  const origin = brokerOrigin(broker)
  if (!origin.ok) return err([origin.error])
  if (!/^[0-9]{1,2}$/.test(days)) return err([`--days: a whole number up to 90, not ${JSON.stringify(days)}`])
  return requestReplay({ broker: origin.value, days, compiled: compilePolicy(head.document) }, runnerIdTokens(process.env))
}
