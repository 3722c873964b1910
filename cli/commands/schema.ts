/** `jobpass schema`: the JSON Schema of policy files, for editors. */
import { policyJsonSchema } from '../../shared/policy/json-schema.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { readOptions, usageError } from '../options.ts'

export const schemaHelp = `jobpass schema

Prints the JSON Schema (draft 7) of policy files. An editor with a YAML language server uses it for a file that begins with
# yaml-language-server: $schema=PATH-OR-URL

Exit: 0 · 2 could not run.
`

const SPEC = { operands: [], options: {} } as const

export async function schemaCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'schema', read.error)
  io.stdout(`${JSON.stringify(policyJsonSchema(), null, 2)}\n`)
  return EXIT.success
}
