/** `jobpass compile`: a policy as the broker receives it, in canonical JSON, or the digest that names it. */
import { readLoadedFolder } from '../checked-folder.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { textLine } from '../findings.ts'
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
  const folder = await readLoadedFolder(read.value.operands[0] ?? '.', io.cwd)
  if (!folder.ok) {
    io.stderr(`jobpass compile: ${folder.error}\n`)
    return EXIT.couldNotRun
  }
  const { loaded, findings } = folder.value
  if (loaded === undefined) {
    io.stderr(findings.map(textLine).join(''))
    return EXIT.findings
  }
  io.stdout(`${read.value.flag('digest') ? loaded.policy.digest : loaded.compiled}\n`)
  return EXIT.success
}
