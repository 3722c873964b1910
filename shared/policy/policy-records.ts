/** The records of a loaded policy as lists, for those who look at all of them. */
import type { Connection, Grant, Policy } from './policy.ts'

export function grantsOf(policy: Policy): readonly Grant[] {
  return policy.grantNames.flatMap((name) => policy.grant(name) ?? [])
}

export function connectionsOf(policy: Policy): readonly Connection[] {
  return policy.connectionNames.flatMap((name) => policy.connection(name) ?? [])
}
