/**
 * The law of right-sizing, on random policies and the asks GitHub could sign: what is suggested still allows every ask that was allowed, and the plan, which is
 * exact, finds nobody who could newly get anything and no wider scope.
 */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import { type KindName, kindOf } from '../../shared/kinds/index.ts'
import type { Attributes, PlatformFacts } from '../../shared/platforms/platform.ts'
import { checkDocument } from '../../shared/policy/check-document.ts'
import { conditionHolds } from '../../shared/policy/condition.ts'
import { decide } from '../../shared/policy/decide.ts'
import { loadPolicy } from '../../shared/policy/load.ts'
import { compilePattern, matches } from '../../shared/policy/pattern.ts'
import { planPolicies } from '../../shared/policy/plan.ts'
import type { Policy, Rule } from '../../shared/policy/policy.ts'
import type { AskEntry } from '../../shared/policy/replay.ts'
import { allowedAsks, rightSizes, withRightSizes } from '../../shared/policy/right-size.ts'
import { type ConditionChange, narrowerConditions } from '../../shared/policy/right-size-conditions.ts'
import { narrowerScope } from '../../shared/policy/right-size-scope.ts'
import type { PolicyDocument } from '../../shared/policy/schema.ts'
import { GITHUB } from '../shared/policy/policies.ts'
import { policy as drawnPolicy, isAllowed, made, TOKENS } from './policy-pairs.ts'

const runs = Number(process.env.PLAN_RUNS ?? 150)

function checked(records: object): PolicyDocument {
  const read = checkDocument({ jobpass: 1, ...records })
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  return read.document
}

const scopes = fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 })

test('what is suggested allows every recorded ask, and never anything that was not allowed before', () => {
  let suggested = 0
  fc.assert(
    fc.property(
      drawnPolicy,
      fc.array(fc.tuple(fc.nat(TOKENS.length - 1), fc.option(scopes, { nil: undefined })), { minLength: 1, maxLength: 60 }),
      ({ owners, workloads, rules, guardrails }, picks) => {
        const document = checked({
          issuers: { github: { platform: 'github', url: GITHUB, owners } },
          workloads: Object.fromEntries(workloads.map((one, index) => [`w${index}`, one])),
          connections: { c: { kind: 'jwt', owner: 'team', audience: 'https://a.example' } },
          grants: {
            g: { purpose: 'p', owner: 'team', connection: 'c', scope: { scopes: ['a', 'b', 'c', 'd'] }, ttl: '10m', allow: rules },
          },
          guardrails: Object.fromEntries(guardrails.map((one, index) => [`no-${index}`, one])),
        })
        const policy = loadPolicy(document, 'sha256:base')
        // an ask at random, and one in its neighbourhood that the policy allows, so that there is something to learn from
        const near = picks.flatMap(([pick, asked]) => {
          const found = TOKENS.slice(pick, pick + 400).find(({ facts }) => isAllowed(policy, facts))
          return [TOKENS[pick], found].flatMap((one) => (one === undefined ? [] : [{ facts: one.facts, asked }]))
        })
        const entries: AskEntry[] = near.map(({ facts: { owner, attributes }, asked }) => ({
          ledger: `v1:${GITHUB}:${owner.id}`,
          at: '2026-11-01T00:00:00.000Z',
          grant: 'g',
          decision: 'd',
          type: 'issued',
          ask: { attributes: Object.fromEntries(attributes), ...(asked === undefined ? {} : { asked: { scopes: asked } }) },
        }))
        const asks = allowedAsks(entries, policy)
        const suggestions = rightSizes(asks, document, policy)
        if (suggestions.length === 0) return
        suggested++
        const head = loadPolicy(checked({ ...withRightSizes(document, suggestions), jobpass: 1 }), 'sha256:head')
        expect(allowedAsks(entries, head).length).toBe(asks.length)
        const plan = planPolicies(policy, head)
        if (!plan.ok) throw new Error('undecided')
        for (const change of plan.value.grants) {
          expect(change.newly, JSON.stringify(suggestions)).toEqual([])
          expect(['same', 'narrower']).toContain(change.scope)
        }
      },
    ),
    { numRuns: runs },
  )
  expect(suggested).toBeGreaterThan(runs / 10)
}, 600_000)

test('before any proof: what a rule would state holds for every ask it allowed, in words that mean no more than its own', () => {
  let changed = 0
  fc.assert(
    fc.property(drawnPolicy, fc.array(fc.nat(TOKENS.length - 1), { minLength: 1, maxLength: 60 }), (drawn, picks) => {
      const policy = made(drawn)
      const near = picks.flatMap((pick) => TOKENS.slice(pick, pick + 400).find(({ facts }) => isAllowed(policy, facts)) ?? [])
      for (const rule of policy.grant('g')?.rules ?? []) {
        const own = near.flatMap(({ facts }) => (ruleOf(policy, facts) === rule.name ? [facts.attributes] : []))
        for (const change of narrowerConditions(rule, { asks: own.length, values: valuesOf(own) })) {
          changed++
          expectJust(rule, change, own)
        }
      }
    }),
    { numRuns: runs },
  )
  expect(changed).toBeGreaterThan(runs / 3)
}, 600_000)

function expectJust({ conditions, workload }: Rule, { attribute, from, to }: ConditionChange, asks: readonly Attributes[]): void {
  const foldCase = workload.issuer.platform.attribute(attribute)?.foldCase === true
  const now = { attribute, patterns: to.map((text) => compilePattern(text, { foldCase })) }
  expect(asks.filter((attributes) => !conditionHolds(now, attributes))).toEqual([])
  const before = conditions.find((condition) => condition.attribute === attribute)?.patterns ?? []
  const isKept = (text: string): boolean => from.includes(text)
  const isPlain = (text: string): boolean => !text.includes('*') && (from.length === 0 || before.some((pattern) => matches(pattern, text)))
  expect(to.filter((text) => !isKept(text) && !isPlain(text))).toEqual([])
}

function valuesOf(asks: readonly Attributes[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const values = new Map<string, Map<string, number>>()
  for (const [name, value] of asks.flatMap((attributes) => [...attributes])) {
    const seen = values.get(name) ?? new Map<string, number>()
    values.set(name, seen.set(value, (seen.get(value) ?? 0) + 1))
  }
  return values
}

function ruleOf(policy: Policy, { owner, attributes }: PlatformFacts): string | undefined {
  const issuer = policy.issuers.get(GITHUB)
  const decision = issuer === undefined ? undefined : decide(policy, { issuer, owner, attributes }, 'g')
  return decision?.outcome === 'allow' ? decision.rule.name : undefined
}

const list = (...members: string[]): fc.Arbitrary<string[]> => fc.subarray(members, { minLength: 1 })
const levels = fc.constantFrom('read', 'write')
const permissions = fc.dictionary(fc.constantFrom('contents', 'pages', 'issues'), levels, { minKeys: 1 })
const zone = (digit: string): string => digit.repeat(32)
const resources = fc.oneof(
  fc.constant('account'),
  fc.record({ zones: fc.oneof(fc.constant('all'), list(zone('a'), zone('b'), zone('c'))) }),
  fc.record({ buckets: list('logs', 'site', 'eu/logs') }),
)
const address = fc.oneof(fc.constant('caller'), list('10.0.0.0/8', '10.1.0.0/16', '192.0.2.1/32'))
const optional = { requiredKeys: [] }
const extensions = list('permit-pty', 'permit-user-rc', 'permit-port-forwarding')

const SCOPES: Readonly<Record<KindName, fc.Arbitrary<object>>> = {
  jwt: fc.record({ scopes: list('a', 'b', 'c'), claims: fc.constant({ tier: 'x' }) }, { requiredKeys: ['scopes'] }),
  'ssh-cert': fc.record(
    { principals: list('deploy', 'root', 'www'), extensions, source_address: address, force_command: fc.constant('uptime') },
    { requiredKeys: ['principals'] },
  ),
  'github-app': fc.record({ repositories: fc.oneof(fc.constant('all'), list('x', 'y', 'z')), permissions }),
  'cloudflare-token': fc.record(
    { permissions: list('DNS Read', 'DNS Write', 'Zone Read'), resources, pin_address: fc.boolean() },
    { requiredKeys: ['permissions', 'resources'] },
  ),
}

const ASKED: Readonly<Record<KindName, fc.Arbitrary<object>>> = {
  jwt: fc.record({ scopes: list('a', 'b', 'c') }),
  'ssh-cert': fc.record(
    { principals: list('deploy', 'root', 'www'), extensions, source_address: address, force_command: fc.constant('uptime') },
    optional,
  ),
  'github-app': fc.record({ repositories: fc.oneof(fc.constant('all'), list('x', 'y', 'z')), permissions }, optional),
  'cloudflare-token': fc.record(
    { permissions: list('DNS Read', 'DNS Write', 'Zone Read'), resources, pin_address: fc.boolean() },
    optional,
  ),
}

test.each(['jwt', 'ssh-cert', 'github-app', 'cloudflare-token'] as const)(
  'a suggested scope of %s is narrower, and gives every ask what it had',
  (name) => {
    const kind = kindOf(name)
    let found = 0
    fc.assert(
      fc.property(SCOPES[name], fc.array(ASKED[name], { minLength: 1, maxLength: 4 }), (drawn, asks) => {
        const scope = kind.scope.parse(drawn)
        const asked: JsonObject[] = asks.flatMap((one) => {
          const read = kind.asked.safeParse(one)
          return read.success && kind.narrow(scope, read.data).ok ? [JSON.parse(JSON.stringify(one))] : []
        })
        const narrower = narrowerScope(kind, scope, asked)
        if (narrower === undefined) return
        found++
        expect(kind.scope.parse(narrower)).toEqual(narrower)
        expect(kind.compare(scope, narrower)).toBe('narrower')
        for (const one of asked) {
          const ask = kind.asked.parse(one)
          const [before, after] = [kind.narrow(scope, ask), kind.narrow(narrower, ask)]
          if (!before.ok || !after.ok) throw new Error(`refused: ${JSON.stringify(one)}`)
          expect(kind.compare(before.value, after.value)).toBe('same')
        }
      }),
      { numRuns: 1000 },
    )
    expect(found).toBeGreaterThan(50)
  },
)
