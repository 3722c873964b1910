/**
 * Which grants of one policy are gone in another: removed, or left there for nobody. It is what a broker looks at before it lets a publisher take much
 * away at once. Its cost grows with the number of rules and no faster: one proof for each grant that changed, none for the others.
 */
import { canonicalJson } from '../json.ts'
import { textSet } from './language.ts'
import { compilePattern } from './pattern.ts'
import { type Access, accessOf, type RuleArea, startReading } from './plan-access.ts'
import type { Issuer, Policy } from './policy.ts'
import { findOutside } from './witness.ts'
import { type AttributeTest, EVERYWHERE, within } from './witness-region.ts'

export interface LostGrant {
  readonly grant: string
  /** `removed`: no grant of that name · `unreachable`: nobody whose tokens were believed before can get it. */
  readonly how: 'removed' | 'unreachable'
}

/** In the order of the policy that loses them. A grant that nobody could get before is not lost by staying so. */
export function lostGrants(base: Policy, head: Policy): readonly LostGrant[] {
  const reading = startReading()
  const [read, readHead] = [accessOf(base, reading), accessOf(head, reading)]
  const held = continuedIssuers(base, head)
  const known: readonly [Answers, Answers] = [new Map(), new Map()]
  return base.grantNames.flatMap((name): LostGrant[] => {
    const [before, after] = [base.grant(name), head.grant(name)]
    if (after === undefined) return [{ grant: name, how: 'removed' }]
    const [old, next] = [before === undefined ? undefined : read(before), readHead(after)]
    if (old === undefined || (old.key === next.key && held.isAll)) return []
    const isLost = !isReachable(next, held.testsOf, known[1]) && isReachable(old, () => [], known[0])
    return isLost ? [{ grant: name, how: 'unreachable' }] : []
  })
}

/** By what an access lets in: many grants share one. */
type Answers = Map<string, boolean>

/** Tests that a token must pass beside those of an area; `undefined`: no token of this issuer was believed before. */
type TestsOf = (issuer: Issuer) => readonly AttributeTest[] | undefined

/** A search that was given up counts as reachable: this is a brake on mistakes, and the plan is the judge of access. */
function isReachable({ rules, guards, key }: Access, testsOf: TestsOf, known: Answers): boolean {
  const answer =
    known.get(key) ??
    rules.some((area) => {
      const more = testsOf(area.issuer)
      return more !== undefined && holdsSomeRun(area, more, guards)
    })
  known.set(key, answer)
  return answer
}

function holdsSomeRun({ tests, model }: RuleArea, more: readonly AttributeTest[], guards: Access['guards']): boolean {
  return findOutside(within(EVERYWHERE, [...tests, ...more]), guards, model) !== 'none'
}

/** Issuers of the new policy some of whose tokens were believed under the old one, each with the owners that stayed in its fence. */
function continuedIssuers(base: Policy, head: Policy): { readonly testsOf: TestsOf; readonly isAll: boolean } {
  const tests = new Map<string, readonly AttributeTest[]>()
  let isAll = true
  for (const [url, after] of head.issuers) {
    const before = base.issuers.get(url)
    if (before === undefined) continue
    const stayed = before.owners.filter(({ id }) => after.owners.some((owner) => owner.id === id)).map(({ id }) => id)
    if (stayed.length === 0 || !believesAsBefore(before, after)) {
      isAll = false
      continue
    }
    tests.set(url, stayed.length === after.owners.length ? [] : [ownerTest(stayed)])
    if (stayed.length !== before.owners.length) isAll = false
  }
  return { testsOf: ({ url }) => tests.get(url), isAll }
}

/** The same `aud`, and either keys the issuer publishes, as before, or at least one written key that stayed. */
function believesAsBefore(before: Issuer, after: Issuer): boolean {
  if (before.audience !== after.audience) return false
  // whether keys that are written now are among those the issuer publishes cannot be known here
  if (before.jwks === undefined || after.jwks === undefined) return true
  const kept = new Set(before.jwks.keys.map((key) => canonicalJson(key)))
  return after.jwks.keys.some((key) => kept.has(canonicalJson(key)))
}

function ownerTest(ids: readonly string[]): AttributeTest {
  const set = textSet(ids.map((id) => compilePattern(id, { foldCase: false, literal: true })))
  return { attribute: 'repository_owner_id', set, key: `stayed ${set.key}` }
}
