/** The command line's entry: which command a word names, and where its output goes. No command's work is done here. */
import { suggestion } from '../shared/policy/nearest.ts'
import { VERSION } from '../shared/version.ts'
import { type Command, type CommandIo, EXIT } from './command.ts'
import { breakGlassCommand, breakGlassHelp } from './commands/break-glass.ts'
import { checkCommand, checkHelp } from './commands/check.ts'
import { compileCommand, compileHelp } from './commands/compile.ts'
import { confirmCommand, confirmHelp } from './commands/confirm.ts'
import { devCommand, devHelp } from './commands/dev.ts'
import { exchangeCommand, exchangeHelp } from './commands/exchange.ts'
import { explainCommand, explainHelp } from './commands/explain.ts'
import { freezeCommand, freezeHelp, freezesCommand, freezesHelp, thawCommand, thawHelp } from './commands/freeze.ts'
import { historyCommand, historyHelp } from './commands/history.ts'
import { inventoryCommand, inventoryHelp, reportCommand, reportHelp } from './commands/inventory.ts'
import { keysCommand, keysHelp } from './commands/keys.ts'
import { leasesCommand, leasesHelp } from './commands/leases.ts'
import { ledgerCommand, ledgerHelp } from './commands/ledger.ts'
import { metricsCommand, metricsHelp } from './commands/metrics.ts'
import { pinCommand, pinHelp } from './commands/pin.ts'
import { planCommand, planHelp } from './commands/plan.ts'
import { proposalsCommand, proposalsHelp } from './commands/proposals.ts'
import { publishCommand, publishHelp } from './commands/publish.ts'
import { revokeCommand, revokeHelp } from './commands/revoke.ts'
import { scaffoldCommand, scaffoldHelp } from './commands/scaffold.ts'
import { schemaCommand, schemaHelp } from './commands/schema.ts'

interface Entry {
  readonly about: string
  readonly help: string
  readonly run: Command
}

const COMMANDS: ReadonlyMap<string, Entry> = new Map([
  ['check', { about: 'find every error in a policy, lint it and run its scenarios', help: checkHelp, run: checkCommand }],
  ['explain', { about: 'say what a policy decides for a token, and why', help: explainHelp, run: explainCommand }],
  ['plan', { about: 'show who gains and who loses access between two policies', help: planHelp, run: planCommand }],
  ['pin', { about: 'write the ids of owners and repositories beside their names', help: pinHelp, run: pinCommand }],
  ['scaffold', { about: 'print a pair of scenarios for a grant to start from', help: scaffoldHelp, run: scaffoldCommand }],
  ['schema', { about: 'print the JSON Schema of policy files, for editors', help: schemaHelp, run: schemaCommand }],
  ['compile', { about: 'print the canonical JSON of a policy, or its digest', help: compileHelp, run: compileCommand }],
  ['publish', { about: 'make a policy the active one of a broker', help: publishHelp, run: publishCommand }],
  ['history', { about: 'list the policies a broker had, and who published them', help: historyHelp, run: historyCommand }],
  ['proposals', { about: 'list what waits for a second person', help: proposalsHelp, run: proposalsCommand }],
  ['confirm', { about: 'do, as the second person, what another proposed', help: confirmHelp, run: confirmCommand }],
  ['exchange', { about: "exchange this job's ID token for a credential", help: exchangeHelp, run: exchangeCommand }],
  ['dev', { about: 'run a whole broker on this machine', help: devHelp, run: devCommand }],
  ['freeze', { about: 'stop new credentials, everywhere and at once', help: freezeHelp, run: freezeCommand }],
  ['thaw', { about: 'take a freeze back', help: thawHelp, run: thawCommand }],
  ['freezes', { about: 'list the freezes in force', help: freezesHelp, run: freezesCommand }],
  ['leases', { about: 'list the credentials that are out', help: leasesHelp, run: leasesCommand }],
  ['revoke', { about: 'end credentials that are out, or say which would end', help: revokeHelp, run: revokeCommand }],
  ['inventory', { about: 'show every grant, workload and connection, its owner and its use', help: inventoryHelp, run: inventoryCommand }],
  ['report', { about: 'print an access review, as Markdown or CSV', help: reportHelp, run: reportCommand }],
  [
    'break-glass',
    { about: 'seal, open and report a credential for the day nothing else works', help: breakGlassHelp, run: breakGlassCommand },
  ],
  ['ledger', { about: 'export, search or follow a ledger, or verify an export', help: ledgerHelp, run: ledgerCommand }],
  ['metrics', { about: 'print the broker in numbers, as Prometheus reads them', help: metricsHelp, run: metricsCommand }],
  ['keys', { about: "list, rotate, revoke and reseal a broker's own keys", help: keysHelp, run: keysCommand }],
])

const OLDEST_NODE = 24
const HELP_WORDS = ['--help', '-h', 'help']

function overview(): string {
  const lines = [...COMMANDS].map(([name, { about }]) => `  ${name.padEnd(13)}${about}`)
  return `jobpass ${VERSION}: exchanges a CI job's ID token for a credential made for that job alone.

jobpass COMMAND [arguments]

${lines.join('\n')}

\`jobpass COMMAND --help\` says more about one of them. \`jobpass --version\` prints the version.
`
}

async function main(args: readonly string[], io: CommandIo): Promise<number> {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    io.stderr(
      `jobpass: needs Node ${OLDEST_NODE} or later; this is ${process.version}. \`npm ci\` in its repository brings node_modules/.bin/node.\n`,
    )
    return EXIT.couldNotRun
  }
  const [first, ...rest] = args
  if (first === undefined) {
    io.stderr(overview())
    return EXIT.couldNotRun
  }
  if (first === '--version') {
    io.stdout(`${VERSION}\n`)
    return EXIT.success
  }
  const asksForHelp = HELP_WORDS.includes(first)
  const name = asksForHelp ? rest[0] : first
  if (name === undefined) {
    io.stdout(overview())
    return EXIT.success
  }
  const command = COMMANDS.get(name)
  if (command === undefined) {
    io.stderr(`jobpass: no command ${JSON.stringify(name)}${suggestion(name, COMMANDS.keys())}\nRun \`jobpass --help\` for all of them.\n`)
    return EXIT.couldNotRun
  }
  if (!asksForHelp && !rest.some((word) => word === '--help' || word === '-h')) return command.run(rest, io)
  io.stdout(command.help)
  return EXIT.success
}

/** A reader that has seen enough (`jobpass … | head`) is no error. */
process.stdout.on('error', (error) => {
  if (!('code' in error) || error.code !== 'EPIPE') throw error
})

const terminal: CommandIo = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  cwd: process.cwd(),
  isTerminal: process.stderr.isTTY === true,
}

try {
  process.exitCode = await main(process.argv.slice(2), terminal)
} catch (error) {
  terminal.stderr(`jobpass: this is a bug, please report it\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exitCode = EXIT.couldNotRun
}
