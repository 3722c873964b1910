/** One grant before and after, in the shapes that are hardest on a comparison of languages: very many rules, very long lists, very many wildcards. */

export interface HardShape {
  readonly name: string
  /** Rules as YAML, one line each. */
  readonly base: readonly string[]
  readonly head: readonly string[]
}

function counted<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index))
}

function rule(conditions: string, workload = 'w0'): string {
  return `{ workload: ${workload}, ${conditions} }`
}

function list(texts: readonly string[]): string {
  return `[${texts.map((text) => `"${text}"`).join(', ')}]`
}

const branches = counted(1_000, (index) => `refs/heads/b${index}`)
const patterns = counted(300, (index) => `refs/heads/b${index}/**`)
const twenty = patterns.slice(0, 20)
const environments = counted(20, (index) => `e${index}`)

const manyWorkloads = (end: string): readonly string[] =>
  counted(4_000, (index) => rule(`ref: "refs/heads/b${index}/**", environment: e${end}`, `w${index % 100}`))
const oneWorkload = (end: string): readonly string[] =>
  counted(4_000, (index) => rule(`ref: "refs/heads/b${index}/**", environment: e${end}`))

export const HARD_SHAPES: readonly HardShape[] = [
  { name: '4,000 rules in one grant, all changed', base: manyWorkloads(''), head: manyWorkloads('x') },
  { name: '4,000 rules of one workload, all changed', base: oneWorkload(''), head: oneWorkload('x') },
  { name: '4,000 rules of one workload, in reverse', base: oneWorkload(''), head: [...oneWorkload('')].reverse() },
  { name: 'a list of 1,000 refs as 1,000 rules', base: [rule(`ref: ${list(branches)}`)], head: branches.map((ref) => rule(`ref: ${ref}`)) },
  {
    name: 'a list of 300 patterns as 300 rules',
    base: [rule(`ref: ${list(patterns)}`)],
    head: patterns.map((ref) => rule(`ref: "${ref}"`)),
  },
  {
    name: 'a grid of 20 patterns and 20 environments as 400 rules',
    base: [rule(`ref: ${list(twenty)}, environment: ${list(environments)}`)],
    head: twenty.flatMap((ref) => environments.map((environment) => rule(`ref: "${ref}", environment: ${environment}`))),
  },
  { name: '160 times ** in a ref', base: [rule(`ref: "refs/${'**a'.repeat(160)}"`)], head: [rule(`ref: "refs/${'**a'.repeat(159)}*a"`)] },
  {
    name: '100 times ** in a workflow file',
    base: [rule(`workflow_ref: "acme/r0/**${'**a'.repeat(100)}@**main"`)],
    head: [rule(`workflow_ref: "acme/**${'**a'.repeat(100)}@**main", ref: "**a**in"`)],
  },
]
