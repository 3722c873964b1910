/**
 * Refusals of verified callers inside the fence go on record, in the ledger of their owner. The ledger has the last word: a freeze comes before other reasons,
 * and a refusal under an old policy is no refusal. When the ledger cannot be reached the caller still gets the no.
 */
import type { AskFacts } from '../../shared/ledger-entries.ts'
import type { Policy, PolicyDigest } from '../../shared/policy/policy.ts'
import type { Refusal } from '../../shared/refusal.ts'
import { TOKEN_PARAMETERS } from '../../shared/wire.ts'
import type { Form } from '../ask.ts'
import type { Workload } from '../authenticate/authenticate.ts'
import { callState } from '../call-state.ts'
import type { Deps } from '../deps.ts'
import type { Subject } from '../state/ledger-port.ts'
import { askText } from './ask-text.ts'
import { FROZEN } from './frozen.ts'
import { tripwiresOfAsk } from './tripwires-of-ask.ts'

export interface RefusedAsk {
  readonly refusal: Refusal
  readonly workload: Workload
  readonly policy: Policy
  readonly decision: string
  readonly form: Form
}

export type RecordedRefusal =
  | { readonly outcome: 'told'; readonly refusal: Refusal }
  | { readonly outcome: 'stale'; readonly policy: PolicyDigest | null }

const MAX_NAME_CHARACTERS = 63

export async function recordRefusal({ refusal, workload, policy, decision, form }: RefusedAsk, deps: Deps): Promise<RecordedRefusal> {
  const { run } = workload.token.facts
  const subject = subjectOf(workload, policy, form)
  const answered = await callState(() =>
    deps.ledger(workload.ledger).refuse({
      ledger: workload.ledger,
      policy: policy.digest,
      subject,
      counted: run.repositoryId,
      code: refusal.code,
      decision,
      runId: run.runId,
      ask: askText(workload, refusalFacts(refusal)),
      ...tripwiresOfAsk({ workload, policy, grant: subject.grant }),
    }),
  )
  if (!answered.ok) return { outcome: 'told', refusal }
  if (answered.value.outcome === 'stale') return { outcome: 'stale', policy: answered.value.policy }
  return { outcome: 'told', refusal: answered.value.outcome === 'frozen' ? FROZEN : refusal }
}

/** The asked name is recorded as far as it can be one; connection and kind only when the policy has such a grant. */
function subjectOf(workload: Workload, policy: Policy, form: Form): Subject {
  const name = (form.get(TOKEN_PARAMETERS.audience) ?? '').slice(0, MAX_NAME_CHARACTERS)
  const grant = policy.grant(name)
  return {
    issuer: workload.issuer.name,
    grant: name,
    ...(grant === undefined ? {} : { connection: grant.connection.name, kind: grant.connection.kind.name }),
  }
}

function refusalFacts(refusal: Refusal): Partial<AskFacts> {
  switch (refusal.code) {
    case 'grant_refused':
      return { cause: refusal.cause, reasons: refusal.reasons.map(({ rule, attribute, seen }) => ({ rule, attribute, seen })) }
    case 'scope_exceeded':
      return { field: refusal.field }
    case 'request_malformed':
      return { parameter: refusal.parameter }
    default:
      return {}
  }
}
