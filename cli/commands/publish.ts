/** `jobpass publish`: makes the policy of a folder the active one of a broker. The broker checks all of it again and records who did it. */
import { resolve } from 'node:path'
import { brokerOrigin } from '../broker.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { compileFolder } from '../compiled-folder.ts'
import { runnerIdTokens } from '../id-token.ts'
import { readOptions, usageError } from '../options.ts'
import { publishPolicy } from '../publishing.ts'

export const publishHelp = `jobpass publish DIR --broker URL [--replaces DIGEST] [--audience AUD]

Publishes the policy of DIR and prints its digest. It is in force everywhere when the command ends.

  --broker URL       origin of the broker
  --replaces DIGEST  the policy it replaces, sha256:… or * for the first one (default: the active one)
  --audience AUD     the aud of the ID token (default: the broker's origin)

Runs as a publisher: the ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN.
Exit: 0 published · 1 the policy has errors · 2 could not run · 4 the broker refused it.
`

const SPEC = { operands: ['DIR'], options: { broker: 'required', replaces: 'value', audience: 'value' } } as const

export async function publishCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'publish', read.error)
  const replaces = read.value.option('replaces')
  const origin = brokerOrigin(read.value.option('broker') ?? '')
  if (!origin.ok) return usageError(io, 'publish', [origin.error])
  if (replaces !== undefined && !/^(\*|sha256:[0-9a-f]{64})$/.test(replaces))
    return usageError(io, 'publish', ['--replaces: sha256:… or *'])
  const policy = await compileFolder(resolve(io.cwd, read.value.operands[0] ?? '.'))
  if (!policy.ok) {
    io.stderr(policy.error.text)
    return policy.error.because === 'findings' ? EXIT.findings : EXIT.couldNotRun
  }
  const audience = read.value.option('audience') ?? origin.value
  const publication = { broker: origin.value, audience, compiled: policy.value.compiled, ...(replaces === undefined ? {} : { replaces }) }
  const result = await publishPolicy(publication, runnerIdTokens(process.env))
  if (result.ok) {
    io.stdout(`${result.value}\n`)
    return EXIT.success
  }
  for (const line of result.error.lines) io.stderr(`jobpass publish: ${line}\n`)
  return result.error.by === 'broker' ? EXIT.refused : EXIT.couldNotRun
}
