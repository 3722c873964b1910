/** `jobpass schema`: what a policy file may hold, as a JSON Schema for editors and as a page for people. */
import { policyJsonSchema } from '../../shared/policy/json-schema.ts'
import { policyReference } from '../../shared/policy/reference.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { readOptions, usageError } from '../options.ts'

export const schemaHelp = `jobpass schema [--format json|markdown]

Prints the JSON Schema (draft 7) of policy files. An editor with a YAML language server uses it for a file that begins with
# yaml-language-server: $schema=PATH-OR-URL

  --format markdown  the reference for people: every key, kind and attribute of this version (docs/policy-reference.md)

Exit: 0 · 2 could not run.
`

const SPEC = { operands: [], options: { format: 'value' } } as const

export async function schemaCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'schema', read.error)
  const format = read.value.option('format') ?? 'json'
  if (format !== 'json' && format !== 'markdown')
    return usageError(io, 'schema', [`--format: json or markdown, not ${JSON.stringify(format)}`])
  io.stdout(format === 'json' ? `${JSON.stringify(policyJsonSchema(), null, 2)}\n` : policyReference())
  return EXIT.success
}
