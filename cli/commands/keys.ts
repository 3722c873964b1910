/** `jobpass keys`: the broker's own keys in the hands of an operator: look at them, let the next one sign, revoke one, seal all of them again. */
import { callerOf, tellNotDone } from '../authority-call.ts'
import { callKeys, type KeysCall, TEXTS } from '../broker-keys.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { type Options, type OptionsSpec, readOptions, usageError } from '../options.ts'

export const keysHelp = `jobpass keys --broker URL
jobpass keys rotate KEY --broker URL --reason TEXT [--at-once]
jobpass keys revoke KID --broker URL --reason TEXT
jobpass keys reseal --broker URL

Without an action it lists every key: what it is for, whether it signs (next, current, previous, revoked), since
when, and under which sealing key its private half lies. docs/keys.md says what each protects.

rotate  lets the next key of KEY sign as soon as it has been published long enough. KEY is signing:ES256,
        signing:RS256, ssh-ca:CONNECTION or checkpoint. --at-once does not wait: verifiers and hosts that have
        not fetched the next key yet refuse what it signs.
revoke  a stolen key: it leaves the key set, signs nothing more anywhere when the command ends, and the leases
        of what it signed are ended. The next key signs in its place.
reseal  seals all keys and handles again under SEALING_KEY, and says whether SEALING_KEY_PREVIOUS can go.

  --broker URL    origin of the broker
  --reason TEXT   goes on record
  --format FORM   text (default) or json
  --audience AUD  the aud of the ID token (default: the broker's origin)

Runs as an operator (the list also as an auditor): the ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and
ACTIONS_ID_TOKEN_REQUEST_TOKEN. Exit: 0 done · 2 could not run · 4 the broker refused.
`

const COMMON = { broker: 'required', format: 'value', audience: 'value' } as const

interface Action {
  readonly path: KeysCall['path']
  readonly spec: OptionsSpec
  readonly body?: (options: Options) => Readonly<Record<string, unknown>>
}

const LIST: Action = { path: '/keys', spec: { operands: [], options: COMMON } }

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  [
    'rotate',
    {
      path: '/keys/rotate',
      spec: { operands: ['KEY'], options: { ...COMMON, reason: 'required', 'at-once': 'flag' } },
      body: (options: Options) => ({
        key: options.operands[0],
        reason: options.option('reason'),
        ...(options.flag('at-once') ? { at_once: true } : {}),
      }),
    },
  ],
  [
    'revoke',
    {
      path: '/keys/revoke',
      spec: { operands: ['KID'], options: { ...COMMON, reason: 'required' } },
      body: (options: Options) => ({ kid: options.operands[0], reason: options.option('reason') }),
    },
  ],
  ['reseal', { path: '/keys/reseal', spec: { operands: [], options: COMMON }, body: () => ({}) }],
])

export async function keysCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const [first, ...rest] = args
  if (first === undefined || first.startsWith('-')) return run('keys', LIST, args, io)
  const action = ACTIONS.get(first)
  if (action !== undefined) return run(`keys ${first}`, action, rest, io)
  return usageError(io, 'keys', [
    `no action ${JSON.stringify(first)}; there are ${[...ACTIONS.keys()].join(', ')}, or none to list the keys`,
  ])
}

async function run(name: string, { path, spec, body }: Action, args: readonly string[], io: CommandIo): Promise<number> {
  const options = readOptions(args, spec)
  if (!options.ok) return usageError(io, name, options.error)
  const format = options.value.option('format') ?? 'text'
  const caller = callerOf(options.value)
  if (!caller.ok) return usageError(io, name, [caller.error])
  if (format !== 'text' && format !== 'json') return usageError(io, name, ['--format: text or json'])
  const answer = await callKeys(caller.value, body === undefined ? { path } : { path, body: body(options.value) })
  if (answer.ok) return say(name, answer.value, format === 'json' ? [JSON.stringify(answer.value)] : TEXTS[path](answer.value), io)
  return tellNotDone(name, answer.error, io)
}

function say(name: string, answer: unknown, lines: readonly string[] | undefined, io: CommandIo): number {
  if (lines === undefined) {
    io.stderr(`jobpass ${name}: the broker answers what this version does not know: ${JSON.stringify(answer).slice(0, 200)}\n`)
    return EXIT.couldNotRun
  }
  io.stdout(lines.map((line) => `${line}\n`).join(''))
  return EXIT.success
}
