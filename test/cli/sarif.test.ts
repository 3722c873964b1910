/** The SARIF log against what SARIF 2.1.0 (OASIS, 27 March 2020) and GitHub's code scanning ask of one. */
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { sarifLog } from '../../cli/sarif.ts'
import { LINTS } from '../../shared/policy/lint.ts'
import type { Finding } from '../../shared/policy/merge.ts'

const text = z.strictObject({ text: z.string().min(1) })
const level = z.enum(['none', 'note', 'warning', 'error'])
// §3.4.3: a relative reference, with what is reserved in URIs escaped
const artifactLocation = z.strictObject({ uri: z.string().regex(/^(?!\/)(?:[\w.~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$/) })
const positive = z.int().min(1)

/** The members we write, each as its section of the standard wants it. */
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'), // §3.13.2
  runs: z.tuple([
    z.strictObject({
      tool: z.strictObject({
        driver: z.strictObject({
          name: z.string().min(1), // §3.19.8
          version: z.string().min(1),
          rules: z.array(
            // §3.49
            z.strictObject({
              id: z.string(),
              shortDescription: text.optional(),
              help: text.optional(),
              defaultConfiguration: z.strictObject({ level }),
            }),
          ),
        }),
      }),
      columnKind: z.literal('utf16CodeUnits'), // §3.14.17: what our columns count
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(0),
          level,
          message: text,
          locations: z.tuple([
            z.strictObject({
              physicalLocation: z.strictObject({
                artifactLocation,
                region: z.strictObject({ startLine: positive, startColumn: positive }),
              }),
            }),
          ]),
          fixes: z
            .array(
              z.strictObject({
                description: text,
                artifactChanges: z.array(
                  z.strictObject({
                    artifactLocation,
                    replacements: z
                      .array(
                        z.strictObject({
                          deletedRegion: z.strictObject({ charOffset: z.int().min(0), charLength: z.int().min(0) }),
                          insertedContent: z.strictObject({ text: z.string() }),
                        }),
                      )
                      .min(1),
                  }),
                ),
              }),
            )
            .optional(),
          // §3.27.23: there for all results or for none
          suppressions: z.array(z.strictObject({ kind: z.enum(['inSource', 'external']), justification: z.string() })),
        }),
      ),
    }),
  ]),
})

const FINDING: Finding = {
  file: 'a/b.yaml',
  line: 3,
  column: 5,
  severity: 'warning',
  id: 'id-not-pinned',
  message: 'a name without its id',
}

function logOf(findings: readonly Finding[], reasons: readonly string[] = []): z.infer<typeof sarif> {
  return sarif.parse(
    sarifLog(
      findings,
      reasons.map((reason) => ({ ...FINDING, reason })),
      'policy/',
    ),
  )
}

describe('the SARIF log', () => {
  test('of nothing is a run without results', () => {
    expect(logOf([]).runs[0]).toMatchObject({ results: [], tool: { driver: { name: 'jobpass', rules: [] } } })
  })

  test('lists each rule once, and every result points to its own', () => {
    const findings = [
      FINDING,
      { ...FINDING, id: 'wrong-type', severity: 'error' as const },
      FINDING,
      { ...FINDING, id: 'untested-rule', severity: 'info' as const },
    ]
    const [{ tool, results }] = logOf(findings).runs
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(['id-not-pinned', 'wrong-type', 'untested-rule'])
    expect(results.map(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId)).toEqual([true, true, true, true])
    expect(results.map((result) => result.level)).toEqual(['warning', 'error', 'warning', 'note'])
  })

  test('says why and how to mend for every lint', () => {
    const rules = logOf(LINTS.map(({ id, severity }) => ({ ...FINDING, id, severity }))).runs[0].tool.driver.rules
    expect(rules.map(({ shortDescription }) => shortDescription?.text)).toEqual(LINTS.map(({ why }) => why))
  })

  test('keeps what a comment silences, as suppressed in source with its reason', () => {
    const [{ results }] = logOf([FINDING], ['it is meant']).runs
    expect(results.map(({ suppressions }) => suppressions)).toEqual([[], [{ kind: 'inSource', justification: 'it is meant' }]])
  })

  test('escapes what a file may be called but a URI may not hold', () => {
    for (const file of ['a b/ü#?.yaml', 'c:/x.yaml', '%41.yaml', 'a[1].yaml']) expect(() => logOf([{ ...FINDING, file }])).not.toThrow()
  })

  test('carries a mechanical edit as a fix', () => {
    const [{ results }] = logOf([{ ...FINDING, edit: { offset: 12, length: 7, text: 'ttl: 1h' } }]).runs
    const [change] = results[0]?.fixes?.[0]?.artifactChanges ?? []
    expect(change?.replacements).toEqual([{ deletedRegion: { charOffset: 12, charLength: 7 }, insertedContent: { text: 'ttl: 1h' } }])
  })
})
