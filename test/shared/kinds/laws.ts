/** What every kind owes whose scope can be spelled out as a set of powers: the law of narrowing, comparison by power, and a page whose example is taken. */
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { expect } from 'vitest'
import { parse } from 'yaml'
import type * as z from 'zod'
import type { ScopeComparison, ScopeExceeded } from '../../../shared/kinds/kind.ts'
import type { Result } from '../../../shared/result.ts'

/** Everything a scope allows, one line each. */
type Powers<Scope> = (scope: Scope) => ReadonlySet<string>

const within = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].every((power) => b.has(power))

const RUNS = { numRuns: 2000 }

/** Never more than the scope, never more than the ask, and refused only when the ask goes beyond. */
export function expectNarrowing<Scope extends object, Asked extends object>(
  narrow: (scope: Scope, asked: Asked) => Result<Scope, ScopeExceeded>,
  powers: Powers<Scope>,
  { scopes, asks }: { readonly scopes: fc.Arbitrary<Scope>; readonly asks: fc.Arbitrary<Asked> },
): void {
  fc.assert(
    fc.property(scopes, asks, (granted, asked) => {
      const wanted = { ...granted, ...asked }
      const narrowed = narrow(granted, asked)
      expect(narrowed.ok).toBe(within(powers(wanted), powers(granted)))
      if (!narrowed.ok) return
      expect(within(powers(narrowed.value), powers(granted))).toBe(true)
      expect(within(powers(narrowed.value), powers(wanted))).toBe(true)
    }),
    RUNS,
  )
}

/** Scopes compare as their powers do. */
export function expectComparison<Scope>(
  compare: (base: Scope, head: Scope) => ScopeComparison,
  powers: Powers<Scope>,
  scopes: fc.Arbitrary<Scope>,
): void {
  fc.assert(
    fc.property(scopes, scopes, (base, head) => {
      const [before, after] = [powers(base), powers(head)]
      const expected = within(after, before) ? (within(before, after) ? 'same' : 'narrower') : within(before, after) ? 'wider' : 'other'
      expect(compare(base, head)).toBe(expected)
    }),
    RUNS,
  )
}

interface Documented {
  readonly name: string
  readonly connection: z.ZodType
  readonly scope: z.ZodType
}

/** The first example of `docs/kinds/<kind>.md`: a connection of the kind and one grant, both taken as they stand there. */
export function expectPageExample({ name, connection, scope }: Documented): void {
  const page = readFileSync(new URL(`../../../docs/kinds/${name}.md`, import.meta.url), 'utf8')
  const example = parse(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '')
  const connections = Object.values<Record<string, unknown>>(example.connections)
  expect(connections).toHaveLength(1)
  for (const { kind, owner, rotation, ...members } of connections) {
    expect([kind, owner, rotation]).toEqual([name, 'team-platform', expect.anything()])
    expect(connection.parse(members)).toEqual(members)
  }
  const grants = Object.values<Record<string, unknown>>(example.grants)
  expect(grants).toHaveLength(1)
  for (const { scope: shown } of grants) expect(scope.parse(shown)).toEqual(shown)
}
