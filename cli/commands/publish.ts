/** `jobpass publish`: makes the policy of a folder, or one that was published before, the active one of a broker. The broker checks all of it again and records who did it. */
import { resolve } from 'node:path'
import { err, ok, type Result } from '../../shared/result.ts'
import { tellNotDone } from '../authority-call.ts'
import { brokerOrigin } from '../broker.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { compileFolder } from '../compiled-folder.ts'
import { runnerIdTokens } from '../id-token.ts'
import { type Options, readOptions, usageError } from '../options.ts'
import { proposedText } from '../proposal.ts'
import { type Publication, publishPolicy } from '../publishing.ts'

export const publishHelp = `jobpass publish DIR --broker URL [--replaces DIGEST] [--force REASON] [--audience AUD]
jobpass publish --rollback DIGEST --broker URL [the same options]

Publishes the policy of DIR and prints its digest. It is in force everywhere when the command ends with 0.

  --broker URL       origin of the broker
  --rollback DIGEST  instead of DIR: a policy that this broker had published before; its source is not needed.
                     \`jobpass history\` lists them. It passes the same checks as any other
  --replaces DIGEST  the policy it replaces, sha256:… or * for the first one (default: the active one)
  --force REASON     publishes it although it takes more grants away than the broker lets go at once. The reason is recorded
  --audience AUD     the aud of the ID token (default: the broker's origin)

Runs as a publisher: the ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN.
Exit: 0 published · 1 the policy has errors · 2 could not run · 4 the broker refused it ·
      6 nothing is changed yet: a second person must confirm, see \`jobpass confirm --help\`.
`

const OPTIONS = { broker: 'required', replaces: 'value', force: 'value', rollback: 'value', audience: 'value' } as const
const DIGEST = /^sha256:[0-9a-f]{64}$/

export async function publishCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const isRollback = args.some((word) => word === '--rollback' || word.startsWith('--rollback='))
  const read = readOptions(args, { operands: isRollback ? [] : ['DIR'], options: OPTIONS })
  if (!read.ok) return usageError(io, 'publish', read.error)
  const settings = readSettings(read.value)
  if (!settings.ok) return usageError(io, 'publish', [settings.error])
  const policy = await policyOf(read.value, io)
  if (typeof policy === 'number') return policy
  const result = await publishPolicy({ ...settings.value, policy }, runnerIdTokens(process.env))
  if (!result.ok) return tellNotDone('publish', result.error, io)
  if (result.value.outcome === 'active') {
    io.stdout(`${result.value.policy}\n`)
    return EXIT.success
  }
  io.stderr(proposedText(result.value.proposal, settings.value.broker))
  return EXIT.proposed
}

function readSettings({ option }: Options): Result<Omit<Publication, 'policy'>, string> {
  const [replaces, force, rollback] = [option('replaces'), option('force'), option('rollback')]
  const origin = brokerOrigin(option('broker') ?? '')
  if (!origin.ok) return origin
  if (replaces !== undefined && replaces !== '*' && !DIGEST.test(replaces)) return err('--replaces: sha256:… or *')
  if (rollback !== undefined && !DIGEST.test(rollback)) return err('--rollback: sha256:… with 64 hex digits, as jobpass history prints it')
  return ok({
    broker: origin.value,
    audience: option('audience') ?? origin.value,
    ...(replaces === undefined ? {} : { replaces }),
    ...(force === undefined ? {} : { force }),
  })
}

/** What is to be published; the exit code when the folder has errors. */
async function policyOf({ option, operands }: Options, io: CommandIo): Promise<Publication['policy'] | number> {
  const digest = option('rollback')
  if (digest !== undefined) return { digest }
  const policy = await compileFolder(resolve(io.cwd, operands[0] ?? '.'))
  if (policy.ok) return { compiled: policy.value.compiled }
  io.stderr(policy.error.text)
  return policy.error.because === 'findings' ? EXIT.findings : EXIT.couldNotRun
}
