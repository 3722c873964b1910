import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from '../../shared/json.ts'
import { checkDocument } from '../../shared/policy/check-document.ts'
import { compilePolicy, openCompiled } from '../../shared/policy/compile.ts'
import { decide } from '../../shared/policy/decide.ts'
import { explainDecision } from '../../shared/policy/explain.ts'
import { explanationText } from '../../shared/policy/explain-text.ts'
import { loadPolicy } from '../../shared/policy/load.ts'
import { readPolicyFiles } from '../../shared/policy/read-files.ts'
import { failedScenarios } from '../../shared/policy/scenario.ts'
import { callerOf, documentOf, FACTS, POLICY_YAML } from '../shared/policy/policies.ts'

/** Reads, and when it is a policy does everything that is done with one: nothing may throw. */
function exercise(text: string): boolean {
  const read = readPolicyFiles([{ name: 'p.yaml', text }])
  if (!read.ok) {
    expect(read.findings.length).toBeGreaterThan(0)
    for (const { line, column, message } of read.findings) expect([line > 0, column > 0, message !== '']).toEqual([true, true, true])
    return false
  }
  const policy = loadPolicy(openCompiled(compilePolicy(read.document)), 'sha256:0')
  failedScenarios(read.document, policy)
  for (const name of policy.grantNames) {
    const [issuer] = policy.issuers.values()
    if (issuer !== undefined) explanationText(explainDecision(policy, callerOf(policy), name))
  }
  return true
}

const at = fc.nat({ max: POLICY_YAML.length })
const piece = fc.oneof(
  fc.constantFrom(
    '\n',
    ':',
    '"',
    '[',
    ']',
    '{',
    '}',
    '*',
    '&a ',
    '*a',
    '!x ',
    '- ',
    '  ',
    '\t',
    '#',
    '~',
    '|',
    '%',
    '---\n',
    '__proto__: ',
    '\u0000',
    '\ud800',
    'é',
    'jobpass: 1\n',
    '0x1',
    '1e400',
  ),
  fc.string({ maxLength: 6 }),
)
const edit = fc.record({ from: at, length: fc.nat({ max: 12 }), text: piece })

test('no edit of a policy makes reading, loading or judging it throw', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let text = POLICY_YAML
      for (const { from, length, text: inserted } of edits) text = text.slice(0, from) + inserted + text.slice(from + length)
      exercise(text)
    }),
    { numRuns: 400 },
  )
})

test('no text at all makes reading throw', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 200 }),
        fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
      ),
      (text) => {
        exercise(text)
      },
    ),
    { numRuns: 400 },
  )
})

/** A JSON value put in the place of one somewhere in a document. */
function replaced(value: unknown, pick: number, by: unknown): unknown {
  let left = pick
  const visit = (node: unknown): unknown => {
    if (left-- === 0) return by
    if (Array.isArray(node)) return node.map(visit)
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(Object.entries(node).map(([key, member]) => [key, visit(member)]))
  }
  return visit(value)
}

test('no JSON value anywhere in a document makes the check throw, and what it accepts can be judged', () => {
  const whole: unknown = JSON.parse(compilePolicy(documentOf()))
  fc.assert(
    fc.property(fc.nat({ max: 120 }), fc.jsonValue({ maxDepth: 3 }), (pick, by) => {
      const checked = checkDocument(replaced(whole, pick, by))
      if (!checked.ok) return
      const policy = loadPolicy(checked.document, 'sha256:0')
      for (const name of policy.grantNames) policy.grant(name)
      failedScenarios(checked.document, policy)
    }),
    { numRuns: 500 },
  )
})

test('a decision is total: any attributes, any grant name', () => {
  const policy = loadPolicy(documentOf(), 'sha256:0')
  const facts = fc.dictionary(
    fc.oneof(fc.constantFrom(...Object.keys(FACTS), 'environment'), fc.string({ maxLength: 8 })),
    fc.option(fc.string({ unit: 'binary', maxLength: 20 })),
  )
  const grant = fc.oneof(fc.constantFrom('deploy-docs', 'call-api', 'constructor', '__proto__'), fc.string({ maxLength: 20 }))
  fc.assert(
    fc.property(facts, grant, (changed, name) => {
      const decision = decide(policy, callerOf(policy, changed), name)
      if (decision.outcome === 'allow') return
      expect(decision.reasons.length > 0 || decision.cause === 'unknown_grant').toBe(true)
    }),
    { numRuns: 1_000 },
  )
})

test('an allowed caller is refused once any one attribute its rule states is gone', () => {
  const policy = loadPolicy(documentOf(), 'sha256:0')
  const allowed = { environment: 'production' }
  expect(decide(policy, callerOf(policy, allowed), 'deploy-docs').outcome).toBe('allow')
  for (const name of ['repository_id', 'ref', 'environment', 'event_name', 'runner_environment']) {
    for (const gone of [null, ''])
      expect(decide(policy, callerOf(policy, { ...allowed, [name]: gone }), 'deploy-docs').outcome).toBe('refuse')
  }
})

test('a document that is accepted compiles to a text that is accepted and compiles to itself', () => {
  const names = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,10}$/)
  const workload = fc.record({
    issuer: fc.constant('github'),
    is: fc.record({ repository: fc.constantFrom('acme/a', 'acme/*', ['acme/b']) }),
    owner: fc.constant('t'),
  })
  const issuers = { github: { platform: 'github', url: 'https://ci.example', owners: [{ name: 'acme', id: '1' }] } }
  fc.assert(
    fc.property(fc.dictionary(names, workload, { noNullPrototype: true }), (workloads) => {
      const checked = checkDocument({ jobpass: 1, issuers, workloads })
      if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
      const text = compilePolicy(checked.document)
      expect(canonicalJson(JSON.parse(text))).toBe(text)
      const again = checkDocument(JSON.parse(text))
      expect(again.ok && compilePolicy(again.document)).toBe(text)
    }),
    { numRuns: 100 },
  )
})
