/** `jobpass history`: which policies a broker had, since when, by whom. */
import * as z from 'zod'
import { askAs, callerOf, tellNotDone } from '../authority-call.ts'
import { jsonOf, printable } from '../broker.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { readOptions, usageError } from '../options.ts'

export const historyHelp = `jobpass history --broker URL [--format text|json] [--limit N] [--before N] [--audience AUD]

Lists the policies that were published, newest first: when, which, by whom, what it replaced, and why it was forced. The newest is
the active one. \`jobpass publish --rollback DIGEST\` goes back to one of them.

  --broker URL     origin of the broker
  --format json    {"publications":[{"number","policy","at","by","replaced"}],"next":…}
  --limit N        how many, at most 1000 (default 100)
  --before N       those before this number: \`next\` of the page before
  --audience AUD   the aud of the ID token (default: the broker's origin)

Runs as an auditor: the ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN.
Exit: 0 listed · 2 could not run · 4 the broker refused.
`

const SPEC = {
  operands: [],
  options: { broker: 'required', format: 'value', limit: 'value', before: 'value', audience: 'value' },
} as const

const publication = z.looseObject({
  number: z.int(),
  policy: z.string(),
  at: z.string(),
  by: z.string(),
  replaced: z.string().nullable(),
  forced: z.string().optional(),
  confirmed_by: z.string().optional(),
})
const history = z.looseObject({ publications: z.array(publication), next: z.int().nullable() })

export async function historyCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'history', read.error)
  const { option } = read.value
  const format = option('format') ?? 'text'
  if (format !== 'text' && format !== 'json') return usageError(io, 'history', [`--format: text or json, not ${JSON.stringify(format)}`])
  const parameters = new URLSearchParams()
  for (const name of ['limit', 'before']) if (option(name) !== undefined) parameters.set(name, option(name) ?? '')
  const caller = callerOf(read.value)
  if (!caller.ok) return usageError(io, 'history', [caller.error])
  const answer = await askAs(caller.value, `/policy/history?${parameters}`)
  if (!answer.ok) return tellNotDone('history', answer.error, io)
  const listed = history.safeParse(jsonOf(answer.value))
  if (!listed.success) return tellNotDone('history', { by: 'nobody', lines: ['the broker does not answer with a history'] }, io)
  io.stdout(format === 'json' ? `${JSON.stringify(listed.data, null, 2)}\n` : historyText(listed.data))
  return EXIT.success
}

function historyText({ publications, next }: z.infer<typeof history>): string {
  const lines = publications.map(({ at, policy, by, replaced, forced, confirmed_by: second }) => {
    const notes = [
      replaced === null ? 'the first' : `replaced ${replaced}`,
      ...(second === undefined ? [] : [`confirmed by ${second}`]),
      ...(forced === undefined ? [] : [`forced: ${forced}`]),
    ]
    return [`${at} ${policy} by ${by}`, ...notes.map((note) => `  ${note}`)].map(printable).join('\n')
  })
  const more = next === null ? [] : [`… and older ones: --before ${next}`]
  return [...lines, ...more].map((line) => `${line}\n`).join('')
}
