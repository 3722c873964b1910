/**
 * The plan for programs, in the form of the contract: `base` and `head` are digests, a witness is a payload that `explain` takes as it is.
 * `connection`, `limits`, `cut`, `issuers` and `tripwires` are there only when there is something to say.
 */
import type { GrantChange, IssuerChange, Plan } from './plan.ts'
import type { TermChange } from './plan-terms.ts'
import type { TripwireChange } from './plan-tripwires.ts'
import type { Witness } from './plan-witness.ts'

export function planJson({ base, head, grants, issuers, tripwires }: Plan): string {
  const more = {
    ...(issuers.length === 0 ? {} : { issuers: issuers.map(issuerJson) }),
    ...(tripwires.length === 0 ? {} : { tripwires: tripwires.map(tripwireJson) }),
  }
  return `${JSON.stringify({ base, head, grants: grants.map(grantJson), ...more }, null, 2)}\n`
}

function grantJson({ grant, change, newly, noLonger, scope, ttl, terms, isCut }: GrantChange): object {
  return {
    grant,
    change,
    newly: newly.map(witnessJson),
    no_longer: noLonger.map(witnessJson),
    scope,
    ttl,
    ...term('connection', terms.words),
    ...term('limits', terms.words),
    ...(isCut ? { cut: true } : {}),
  }
}

function witnessJson({ payload }: Witness): object {
  return { witness: payload }
}

function term(about: TermChange['about'], words: readonly TermChange[]): object {
  const [sense, ...others] = new Set(words.filter((word) => word.about === about).map((word) => word.sense))
  return sense === undefined ? {} : { [about]: others.length === 0 ? sense : 'other' }
}

function tripwireJson({ change, canary = '', loosens }: TripwireChange): object {
  return { change: `${change}${canary}`, loosens }
}

function issuerJson({ issuer, change, widens }: IssuerChange): object {
  return { issuer, change, widens }
}
