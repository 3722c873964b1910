/**
 * Reads the words after a command's name: declared options and operands, nothing else. Every mistake is named at once with the
 * nearest option; a misspelt option is never taken for an operand and never ignored.
 */
import { parseArgs } from 'node:util'
import { suggestion } from '../shared/policy/nearest.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { type CommandIo, EXIT } from './command.ts'

export interface OptionsSpec {
  /** Names of the operands, in order, for messages: `DIR`. All are required. */
  readonly operands: readonly string[]
  /** Option name → whether it takes a value, must be there, may be given more than once. */
  readonly options: Readonly<Record<string, 'value' | 'flag' | 'required' | 'repeated'>>
}

export interface Options {
  readonly operands: readonly string[]
  /** The value of an option; absent when it was not given. */
  readonly option: (name: string) => string | undefined
  readonly flag: (name: string) => boolean
  /** Every value of an option that may be repeated, in order. */
  readonly all: (name: string) => readonly string[]
}

/** All mistakes, one a line. */
export type UsageProblems = readonly string[]

export function readOptions(args: readonly string[], spec: OptionsSpec): Result<Options, UsageProblems> {
  const options = Object.fromEntries(
    Object.entries(spec.options).map(([name, form]) => [name, { type: form === 'flag' ? ('boolean' as const) : ('string' as const) }]),
  )
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true })
  const problems: string[] = []
  const operands: string[] = []
  const given = new Map<string, string>()
  const values: [string, string][] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value)
    if (token.kind !== 'option') continue
    const problem = optionProblem(token, spec, given)
    if (problem !== undefined) problems.push(problem)
    given.set(token.name, token.value ?? '')
    values.push([token.name, token.value ?? ''])
  }
  problems.push(...missingAndExtra(spec, operands, given))
  if (problems.length > 0) return err(problems)
  const all = (name: string): readonly string[] => values.filter(([other]) => other === name).map(([, value]) => value)
  return ok({ operands, option: (name) => given.get(name), flag: (name) => given.has(name), all })
}

function missingAndExtra(spec: OptionsSpec, operands: readonly string[], given: ReadonlyMap<string, string>): string[] {
  const required = Object.entries(spec.options).filter(([name, form]) => form === 'required' && !given.has(name))
  return [
    ...spec.operands.slice(operands.length).map((name) => `${name} is missing`),
    ...operands.slice(spec.operands.length).map((extra) => `unexpected ${JSON.stringify(extra)}`),
    ...required.map(([name]) => `--${name} is missing`),
  ]
}

function optionProblem(
  token: { readonly name: string; readonly rawName: string; readonly value: string | undefined },
  spec: OptionsSpec,
  given: ReadonlyMap<string, string>,
): string | undefined {
  const form = Object.hasOwn(spec.options, token.name) ? spec.options[token.name] : undefined
  if (form === undefined) {
    const known = Object.keys(spec.options).map((name) => `--${name}`)
    return `unknown option ${token.rawName}${suggestion(token.rawName, known)}`
  }
  if (form !== 'repeated' && given.has(token.name)) return `${token.rawName} is given twice`
  if (form === 'flag' && token.value !== undefined) return `${token.rawName} takes no value`
  if (form !== 'flag' && (token.value ?? '') === '') return `${token.rawName} needs a value`
  return undefined
}

/** Says what was wrong with the words of a command; answers its exit code. */
export function usageError(io: CommandIo, command: string, problems: UsageProblems): number {
  for (const problem of problems) io.stderr(`jobpass ${command}: ${problem}\n`)
  io.stderr(`Run \`jobpass ${command} --help\` for how it is used.\n`)
  return EXIT.couldNotRun
}
