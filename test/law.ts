/**
 * The law of the arrows, as a table: who may import whom. `docs/architecture.md` says why; a zone that is not here, or an arrow that is not here, is a
 * violation. To change the house, change this table in the same pull request and say why.
 */
import type { Edge } from './import-graph.ts'

export interface Zone {
  readonly name: string
  /** Its files. Every source belongs to exactly one zone. */
  readonly files: RegExp
  /** What it may import besides its own files: paths and packages. */
  readonly may: RegExp
  /** What it may import types of, and nothing that exists at run time. */
  readonly mayKnow?: RegExp
}

/** The state of the world as a stage sees it: messages to the objects, never the objects. */
const PORTS = String.raw`worker/state/(ledger|keyring|policy-store)-port\.ts`

const STATIC = 'shared/.*|zod'

/** A pattern of whole names. */
function only(...alternatives: readonly string[]): RegExp {
  return new RegExp(`^(?:${alternatives.join('|')})$`)
}

export const ZONES: readonly Zone[] = [
  // the three sides and what they share
  { name: 'shared/policy/parse.ts', files: only(String.raw`shared/policy/parse\.ts`), may: only(STATIC, 'yaml') },
  { name: 'shared', files: /^shared\/(?!policy\/parse\.ts$)/, may: only(STATIC) },
  { name: 'action', files: /^action\//, may: only(STATIC, 'node:.*', '@actions/core', '@actions/github', 'yaml') },
  { name: 'cli', files: /^cli\//, may: only(STATIC, 'node:.*', 'jose') },
  { name: 'examples', files: /^examples\//, may: only('node:.*', 'jose', 'yaml', 'zod') },
  { name: 'build.ts', files: only(String.raw`build\.ts`), may: only('node:.*', 'esbuild') },

  // the worker, from the outside in
  {
    name: 'worker/index.ts',
    files: only(String.raw`worker/index\.ts`),
    may: only('cloudflare:workers', String.raw`worker/(app|build-deps|sweep)\.ts`, 'worker/state/.*'),
  },
  { name: 'worker/app.ts', files: only(String.raw`worker/app\.ts`), may: only('hono', 'worker/routes/.*', String.raw`worker/deps\.ts`) },
  {
    // HTTP in, HTTP out: they know who calls, the two spines and what may be read; no provider, no object, no framework
    name: 'worker/routes',
    files: /^worker\/routes\//,
    may: only(
      STATIC,
      PORTS,
      'worker/authenticate/.*',
      String.raw`worker/authorize/policy-cache\.ts`,
      String.raw`worker/keys/(keys|ssh-public-key)\.ts`,
      String.raw`worker/state/activation\.ts`,
      String.raw`worker/(exchange|exchange-meter|revoke|heed|end-leases|reseal|publish|candidate|confirm|find-leases|find-entries|take-figures|metrics|exposition|health|held-health|replay|recorded-acts|checkpoint|sink-lag|capped-text|capped-bytes|credential-hash|ask|call-state|deps|env)\.ts`,
    ),
  },

  // the spines
  {
    name: 'worker/exchange.ts',
    files: only(String.raw`worker/exchange\.ts`),
    may: only(STATIC, 'worker/(authenticate|authorize|admit)/.*', String.raw`worker/(mint|settle|commission|ask|call-state|deps)\.ts`),
  },
  {
    name: 'worker/revoke.ts',
    files: only(String.raw`worker/revoke\.ts`),
    may: only(STATIC, PORTS, String.raw`worker/(call-state|deps)\.ts`, String.raw`worker/providers/(index|provider)\.ts`),
  },
  {
    name: 'worker/heed.ts',
    files: only(String.raw`worker/heed\.ts`),
    may: only(STATIC, PORTS, String.raw`worker/(authenticate/authenticate|call-state|deps)\.ts`),
  },
  {
    // many leases on the same way back
    name: 'worker/end-leases.ts',
    files: only(String.raw`worker/end-leases\.ts`),
    may: only(STATIC, PORTS, String.raw`worker/(find-leases|revoke|call-state|deps)\.ts`),
  },
  {
    name: 'worker/reseal.ts',
    files: only(String.raw`worker/reseal\.ts`),
    may: only(STATIC, PORTS, String.raw`worker/(revoke|deps)\.ts`),
  },
  {
    name: 'worker/sweep.ts',
    files: only(String.raw`worker/sweep\.ts`),
    may: only(STATIC, String.raw`worker/(build-deps|revoke|ship|sink-config|deps)\.ts`, 'worker/sinks/.*', 'worker/state/.*'),
  },
  {
    // how a ledger's entries go out: it knows the cursors and what a sink is, not which sinks there are
    name: 'worker/ship.ts',
    files: only(String.raw`worker/ship\.ts`),
    may: only(STATIC, String.raw`worker/state/(chain|sink-cursors)\.ts`),
    mayKnow: only(String.raw`worker/(deps|sinks/sink)\.ts`),
  },
  {
    // no exchange, no policy, no stage: entries in, one call out
    name: 'worker/sinks',
    files: /^worker\/sinks\//,
    may: only(
      STATIC,
      PORTS,
      'node:crypto',
      String.raw`worker/keys/jws\.ts`,
      String.raw`worker/providers/http\.ts`,
      String.raw`worker/(checkpoint|deps|sink-config)\.ts`,
    ),
    mayKnow: only(String.raw`worker/state/sink-cursors\.ts`),
  },
  {
    name: 'worker publishing',
    files: only(String.raw`worker/(candidate|compare-active|publish|confirm)\.ts`),
    may: only(
      STATIC,
      PORTS,
      'node:crypto',
      String.raw`worker/authenticate/(authority|person)\.ts`,
      String.raw`worker/(authorize/policy-cache|call-state|deps|env)\.ts`,
    ),
  },
  {
    name: 'worker reads',
    files: only(String.raw`worker/(find-leases|find-entries|take-figures|replay|recorded-acts|checkpoint|sink-lag)\.ts`),
    may: only(STATIC, PORTS, 'node:crypto', String.raw`worker/deps\.ts`),
  },
  {
    // what an exchange would need, looked at without one
    name: 'worker/health.ts',
    files: only(String.raw`worker/health\.ts`),
    may: only(STATIC, PORTS, String.raw`worker/(authorize/policy-cache|keys/keys|call-state|deps|held-health)\.ts`),
  },
  {
    name: 'worker/exchange-meter.ts',
    files: only(String.raw`worker/exchange-meter\.ts`),
    may: only(STATIC),
    mayKnow: only(String.raw`worker/(deps|exchange-point)\.ts`),
  },
  {
    // numbers of what was read: they read nothing themselves
    name: 'worker/metrics.ts',
    files: only(String.raw`worker/metrics\.ts`),
    may: only(STATIC),
    mayKnow: only(PORTS, String.raw`worker/(exposition|held-health|sink-lag|take-figures)\.ts`),
  },

  // the stages: what one hands to the next is a type, so no later stage can run an earlier one again
  {
    name: 'worker/authenticate',
    files: /^worker\/authenticate\//,
    may: only(STATIC, 'jose', 'node:crypto', String.raw`worker/(access-config|call-state|capped-text|deps|env|log)\.ts`),
  },
  {
    name: 'worker/authorize',
    files: /^worker\/authorize\//,
    may: only(STATIC, PORTS, 'node:crypto', String.raw`worker/(ask|deps|env)\.ts`),
    mayKnow: only('worker/authenticate/.*'),
  },
  {
    // what was decided: built of what the stages before hand on, and of what an ask leaves on record
    name: 'worker/commission.ts',
    files: only(String.raw`worker/commission\.ts`),
    may: only(STATIC, PORTS, String.raw`worker/(ask|deps|admit/(ask-text|tripwires-of-ask))\.ts`),
    mayKnow: only('worker/(authenticate|authorize)/.*', String.raw`worker/providers/provider\.ts`),
  },
  {
    name: 'worker/admit',
    files: /^worker\/admit\//,
    may: only(STATIC, PORTS, String.raw`worker/(ask|call-state|deps)\.ts`),
    mayKnow: only('worker/authenticate/.*', String.raw`worker/(commission|mint)\.ts`),
  },
  {
    name: 'worker/mint.ts',
    files: only(String.raw`worker/mint\.ts`),
    may: only(STATIC, String.raw`worker/(deps|credential-hash|keys/keys)\.ts`, String.raw`worker/providers/(index|provider)\.ts`),
    mayKnow: only(String.raw`worker/commission\.ts`),
  },
  {
    // the one stage that calls the second spine: what cannot be recorded must be ended
    name: 'worker/settle.ts',
    files: only(String.raw`worker/settle\.ts`),
    may: only(STATIC, PORTS, String.raw`worker/(call-state|deps|revoke)\.ts`),
    mayKnow: only(String.raw`worker/(commission|mint)\.ts`),
  },

  // what the stages stand on
  {
    // no policy, no ledger, no framework: only the kind, the keys and the way out
    name: 'worker/providers',
    files: /^worker\/providers\//,
    may: only(
      'zod',
      'jose',
      'node:(buffer|crypto)',
      'worker/keys/.*',
      String.raw`worker/capped-text\.ts`,
      String.raw`shared/(json|loopback|result|secret|units|strict-json|kinds/.*|platforms/platform)\.ts`,
    ),
  },
  {
    name: 'worker/state',
    files: /^worker\/state\//,
    may: only(STATIC, 'cloudflare:workers', 'node:(buffer|crypto)', 'worker/keys/.*', String.raw`worker/env\.ts`),
  },
  {
    name: 'worker/keys',
    files: /^worker\/keys\//,
    may: only(STATIC, 'jose', 'node:(buffer|crypto)', String.raw`worker/state/keyring-port\.ts`),
  },
  {
    // names everything a stage may touch, and runs none of it
    name: 'worker/deps.ts',
    files: only(String.raw`worker/deps\.ts`),
    may: only(STATIC),
    mayKnow: only('worker/(authenticate|authorize|keys|providers|state)/.*', String.raw`worker/(env|exchange-point|held-health|log)\.ts`),
  },
  {
    name: 'worker/build-deps.ts',
    files: only(String.raw`worker/build-deps\.ts`),
    may: only('cloudflare:workers', 'worker/(authenticate|authorize|keys)/.*', PORTS, String.raw`worker/(deps|env|exchange-point|log)\.ts`),
  },
  {
    name: 'worker leaves',
    files: only(
      String.raw`worker/(ask|env|exchange-point|exposition|held-health|access-config|sink-config|log|call-state|capped-text|capped-bytes|credential-hash)\.ts`,
    ),
    may: only(STATIC),
  },
]

export function zonesOf(path: string): readonly Zone[] {
  return ZONES.filter(({ files }) => files.test(path))
}

/** The arrow breaks the law: it leaves its zone, and its zone may not import that. */
export function breaksTheLaw({ from, to, typeOnly }: Edge): boolean {
  const [zone] = zonesOf(from)
  if (zone === undefined) return true
  return !(zone.files.test(to) || zone.may.test(to) || (typeOnly && zone.mayKnow?.test(to) === true))
}
