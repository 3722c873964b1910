/** `jobpass metrics`: the broker in numbers, as Prometheus reads them. Prometheus cannot fetch them itself, because each call takes a fresh ID token; this can. */
import { askAs, CALLER_HELP, CALLER_OPTIONS, callerOf, TOKEN_HELP } from '../authority-call.ts'
import { printable } from '../broker.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { readOptions, usageError } from '../options.ts'

export const metricsHelp = `jobpass metrics --broker URL

Prints the broker's metrics in Prometheus' text format: for a file of the textfile collector, or a Pushgateway.
docs/operations.md explains each, and shows both.

${CALLER_HELP}

Runs as an auditor: ${TOKEN_HELP}
Nothing is printed unless all of it is there.
Exit: 0 printed · 2 could not run · 4 the broker refused.
`

const FIRST_LINE = /^# HELP jobpass_/

export async function metricsCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const options = readOptions(args, { operands: [], options: CALLER_OPTIONS })
  if (!options.ok) return usageError(io, 'metrics', options.error)
  const caller = callerOf(options.value)
  if (!caller.ok) return usageError(io, 'metrics', [caller.error])
  const say = (line: string): void => io.stderr(`jobpass metrics: ${printable(line)}\n`)
  const answer = await askAs(caller.value, '/metrics')
  if (!answer.ok) {
    for (const line of answer.error.lines) say(line)
    return answer.error.by === 'broker' ? EXIT.refused : EXIT.couldNotRun
  }
  if (!FIRST_LINE.test(answer.value.text)) {
    say(`${caller.value.broker}/metrics does not answer as a broker does`)
    return EXIT.couldNotRun
  }
  io.stdout(answer.value.text)
  return EXIT.success
}
