/**
 * The first stage of an exchange: who is asking? A subject token in, a verified workload out, or a refusal. Ends at the fence: a workload of an owner
 * the policy does not serve goes no further. It reads no rule.
 */
import { checkFence } from '../../shared/policy/decide.ts'
import type { Caller, Policy } from '../../shared/policy/policy.ts'
import type { Refusal } from '../../shared/refusal.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { TrustedIssuer } from './trusted-issuer.ts'
import { type VerifiedToken, type VerifyDeps, verifyToken } from './verify.ts'

/** The verified caller, inside the fence. */
export interface Workload extends Caller {
  readonly token: VerifiedToken
  /** The one ledger that keeps this owner's record. Made of verified values alone. */
  readonly ledger: string
}

export async function authenticate(subjectToken: string, policy: Policy, deps: VerifyDeps): Promise<Result<Workload, Refusal>> {
  const token = await verifyToken(subjectToken, (iss) => trustedIssuer(policy, iss, deps.config.origin), deps)
  if (!token.ok) return token
  const issuer = policy.issuers.get(token.value.issuer.url)
  if (issuer === undefined) return err({ code: 'issuer_untrusted' })
  const { owner, attributes } = token.value.facts
  if (checkFence(issuer, owner) === 'outside') return err({ code: 'owner_outside_fence' })
  return ok({ issuer, owner, attributes, token: token.value, ledger: ledgerName(issuer.url, owner.id) })
}

/** `v1:<issuer>:<owner id>` */
export function ledgerName(issuerUrl: string, ownerId: string): string {
  return `${LEDGER_OF}${issuerUrl}:${ownerId}`
}

const LEDGER_OF = 'v1:'

/** Of the ledgers there are, those of an owner under any of the issuers that are meant. */
export function ledgersOfOwner(names: readonly string[], ownerId: string, isMeant: (issuerUrl: string) => boolean): readonly string[] {
  const end = `:${ownerId}`
  return names.filter((name) => name.startsWith(LEDGER_OF) && name.endsWith(end) && isMeant(name.slice(LEDGER_OF.length, -end.length)))
}

function trustedIssuer(policy: Policy, iss: string, origin: string): TrustedIssuer | undefined {
  const issuer = policy.issuers.get(iss)
  if (issuer === undefined) return undefined
  const { name, url, platform, audience = origin, jwks } = issuer
  return { name, url, platform, audience, maxAge: policy.settings.tokenMaxAge, ...(jwks === undefined ? {} : { jwks }) }
}
