/** `jobpass plan`: who gains and who loses access between two policies, with a token as proof of each. No broker is asked. */
import { planPolicies } from '../../shared/policy/plan.ts'
import { FAIL_ON, isFailing } from '../../shared/policy/plan-condition.ts'
import { planJson } from '../../shared/policy/plan-json.ts'
import { planMarkdown } from '../../shared/policy/plan-markdown.ts'
import { planText } from '../../shared/policy/plan-text.ts'
import { unchangedGrants } from '../../shared/policy/plan-unchanged.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { readOptions, usageError } from '../options.ts'
import { readPolicySource } from '../policy-source.ts'

export const planHelp = `jobpass plan BASE HEAD [--format text|json|markdown] [--fail-on widen|any|none] [--repo DIR]

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

Recorded asks of a broker are not replayed by this version.
Exit: 0 compared · 3 the change named by --fail-on is there · 2 could not run (a policy has errors, a revision is not there).
`

const SPEC = { operands: ['BASE', 'HEAD'], options: { format: 'value', 'fail-on': 'value', repo: 'value' } } as const

const FORMATS = { text: planText, json: planJson, markdown: planMarkdown } as const

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
  const options = { cwd: io.cwd, repository: option('repo') ?? '.' }
  const [base, head] = await Promise.all(operands.map((source) => readPolicySource(source, options)))
  if (base?.ok !== true || head?.ok !== true) {
    for (const side of [base, head]) if (side?.ok === false) io.stderr(`jobpass plan: ${side.error}`)
    return EXIT.couldNotRun
  }
  const plan = planPolicies(base.value.policy, head.value.policy, unchangedGrants(base.value.document, head.value.document))
  if (!plan.ok) {
    io.stderr(
      `jobpass plan: the patterns of grant ${plan.error.grant} are too entangled to compare exactly, so nothing is said: simplify them\n`,
    )
    return EXIT.couldNotRun
  }
  io.stdout(FORMATS[format](plan.value))
  return isFailing(plan.value, failOn) ? EXIT.changed : EXIT.success
}
