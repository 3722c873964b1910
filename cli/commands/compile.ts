/** `jobpass compile`: a policy as the broker receives it, in canonical JSON, or the digest that names it. */
import { resolve } from 'node:path'
import { type CommandIo, EXIT } from '../command.ts'
import { compileFolder } from '../compiled-folder.ts'
import { readOptions, usageError } from '../options.ts'

export const compileHelp = `jobpass compile DIR [--digest]

Prints the canonical JSON (RFC 8785) of the policy in DIR and a newline; the newline is not part of it.
The same records give the same text on every machine, however they are split over files.

  --digest  print only its name, sha256:…

Exit: 0 compiled · 1 the policy has errors · 2 could not run.
`

const SPEC = { operands: ['DIR'], options: { digest: 'flag' } } as const

export async function compileCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'compile', read.error)
  const folder = await compileFolder(resolve(io.cwd, read.value.operands[0] ?? '.'))
  if (folder.ok) {
    io.stdout(`${read.value.flag('digest') ? folder.value.digest : folder.value.compiled}\n`)
    return EXIT.success
  }
  io.stderr(folder.error.text)
  return folder.error.because === 'findings' ? EXIT.findings : EXIT.couldNotRun
}
