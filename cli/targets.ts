/** The words by which operators say what they mean: what a freeze stops, and which leases end. One says so exactly, or nothing is done. */
import { FREEZE_TARGETS, type FreezeTarget } from '../shared/freeze.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { Options } from './options.ts'

export const FREEZE_OPTIONS = {
  workload: 'value',
  grant: 'value',
  connection: 'value',
  issuer: 'value',
  kind: 'value',
  all: 'flag',
} as const

/** Exactly one. */
export function freezeTargetOf({ option, flag }: Options): Result<FreezeTarget, string> {
  const given = FREEZE_TARGETS.flatMap((target) => {
    const name = option(target)
    return name === undefined ? [] : [{ target, name }]
  })
  const [only] = given
  if (flag('all')) return given.length === 0 ? ok({ target: 'all' }) : err('--all, or one name, not both')
  return only !== undefined && given.length === 1 ? ok(only) : err('one of --workload, --grant, --connection, --issuer, --kind, or --all')
}

export function targetText(target: FreezeTarget): string {
  return target.target === 'all' ? 'everything' : `${target.target} ${target.name}`
}

const LEASE_NAMES = ['lease', 'run', 'workload', 'grant', 'connection', 'kind', 'issuer'] as const

export const LEASE_OPTIONS = {
  lease: 'value',
  run: 'value',
  workload: 'value',
  grant: 'value',
  connection: 'value',
  kind: 'value',
  issuer: 'value',
} as const

export const LEASE_HELP = `  --lease ID         one lease
  --run ID           those of a run (GitHub: run_id)
  --workload NAME    --grant NAME  --connection NAME  --kind NAME  those of a name of the policy
  --issuer NAME      those of an issuer; one that has left the policy is named by its URL`

export type LeaseNames = { readonly [Name in (typeof LEASE_NAMES)[number]]?: string }

/** All must fit. Empty when none was given. */
export function leaseNamesOf({ option }: Options): LeaseNames {
  return Object.fromEntries(LEASE_NAMES.map((name) => [name, option(name)]).filter(([, value]) => value !== undefined))
}
