/** `jobpass scaffold`: a pair of scenarios to start from. It prints and writes nothing: where they belong is the author's to say. */
import { scaffold, scenariosYaml } from '../../shared/policy/scaffold.ts'
import { readLoadedFolder } from '../checked-folder.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { textLine } from '../findings.ts'
import { readOptions, usageError } from '../options.ts'

export const scaffoldHelp = `jobpass scaffold DIR --grant NAME

Prints two scenarios for a grant: a run that gets it, and one that differs in a single fact and does not. Both pass as they are; make them those you mean.

  jobpass scaffold policy --grant deploy-docs > policy/scenarios/deploy-docs.yaml

Exit: 0 printed · 2 could not run (the policy has errors, there is no such grant, nobody can get it).
`

const SPEC = { operands: ['DIR'], options: { grant: 'required' } } as const

export async function scaffoldCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'scaffold', read.error)
  const folder = await readLoadedFolder(read.value.operands[0] ?? '.', io.cwd)
  const { loaded, findings } = folder.ok ? folder.value : { loaded: undefined, findings: [] }
  if (loaded === undefined) {
    io.stderr(folder.ok ? findings.map(textLine).join('') : `jobpass scaffold: ${folder.error}\n`)
    return EXIT.couldNotRun
  }
  const pair = scaffold(loaded.policy, read.value.option('grant') ?? '')
  if (!pair.ok) {
    io.stderr(`jobpass scaffold: ${pair.error}\n`)
    return EXIT.couldNotRun
  }
  io.stdout(scenariosYaml(pair.value))
  return EXIT.success
}
