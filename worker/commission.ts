/**
 * A commission: everything that was decided about one credential before it is made. Built once, read by mint, admit and settle; nothing after it decides again.
 */

import type { KindName } from '../shared/kinds/index.ts'
import { isKindName } from '../shared/kinds/index.ts'
import type { AnyKind } from '../shared/kinds/kind.ts'
import { leaseId } from '../shared/lease.ts'
import type { RunFacts } from '../shared/platforms/platform.ts'
import type { Policy } from '../shared/policy/policy.ts'
import { askText } from './admit/ask-text.ts'
import { tripwiresOfAsk } from './admit/tripwires-of-ask.ts'
import type { Ask } from './ask.ts'
import type { Workload } from './authenticate/authenticate.ts'
import type { Authorized } from './authorize/authorize.ts'
import { type Deps, nowSeconds, randomId } from './deps.ts'
import type { Order } from './providers/provider.ts'
import type { Admission, AskRecord, DrawLimits, LeaseRequest } from './state/ledger-port.ts'

export interface Commission {
  readonly kindName: KindName
  readonly kind: AnyKind
  readonly order: Order<unknown, unknown>
  readonly rule: string
  readonly policy: Policy
  readonly workload: Workload
  readonly limits: DrawLimits
  /** The ledger that will keep the record, and the marks under which it does. */
  readonly ledger: string
  readonly jti: string
  readonly attempt: string
  readonly record: AskRecord & Pick<Admission, 'subject'>
  /** Whose lease it is: what will be known of its job, run and repository when one of them is over. */
  readonly holder: Holder
}

export type Holder = Pick<LeaseRequest, 'runId' | 'job' | 'repositoryId' | 'runAttempt'>

export interface Decided {
  readonly workload: Workload
  readonly policy: Policy
  readonly ask: Ask
  readonly authorized: Authorized
  readonly presented: { readonly decision: string; readonly attempt: string; readonly callerAddress: string | undefined }
}

export function commission({ workload, policy, ask, authorized, presented }: Decided, deps: Pick<Deps, 'nowMs' | 'random'>): Commission {
  const { grant, rule, notes } = authorized.allowed
  const { connection } = grant
  if (!isKindName(connection.kind.name)) throw new Error(`no provider for kind ${connection.kind.name}`)
  const issuedAt = nowSeconds(deps)
  const expiresAt = issuedAt + authorized.lifetime
  const { run } = workload.token.facts
  return {
    kindName: connection.kind.name,
    kind: connection.kind,
    order: {
      leaseId: leaseId(expiresAt, randomId(deps)),
      grant: grant.name,
      connectionName: connection.name,
      connection: connection.settings,
      scope: authorized.scope,
      issuedAt,
      expiresAt,
      workload: rule.workload.name,
      run,
      ...(ask.publicKey === undefined ? {} : { publicKey: ask.publicKey }),
      ...(presented.callerAddress === undefined ? {} : { callerAddress: presented.callerAddress }),
    },
    rule: rule.name,
    policy,
    workload,
    limits: { ...grant.limits, workload: rule.workload.limits },
    ledger: workload.ledger,
    jti: workload.token.registered.jti,
    attempt: presented.attempt,
    holder: holderOf(run),
    record: {
      policy: policy.digest,
      subject: {
        issuer: workload.issuer.name,
        grant: grant.name,
        workload: rule.workload.name,
        connection: connection.name,
        kind: connection.kind.name,
      },
      counted: rule.workload.name,
      decision: presented.decision,
      runId: run.runId,
      ...tripwiresOfAsk({ workload, policy, grant: grant.name }, [rule.workload.name]),
      ask: askText(workload, {
        rule: rule.name,
        scope: connection.kind.summary(authorized.scope),
        ...(notes.length === 0
          ? {}
          : { notes: notes.map(({ about, policyName, tokenName }) => ({ about, policy_name: policyName, token_name: tokenName })) }),
        // only an ask that narrows costs anything: what it asked for, of which the inventory makes the scope that would do
        ...(ask.details === undefined || Object.keys(ask.details.scope).length === 0 ? {} : { asked: ask.details.scope }),
        ...(ask.reason === undefined ? {} : { reason: ask.reason }),
      }),
    },
  }
}

function holderOf({ runId, job, repositoryId, runAttempt }: RunFacts): Holder {
  const attempt = Number(runAttempt)
  return { runId, job, repositoryId, ...(Number.isSafeInteger(attempt) && attempt > 0 ? { runAttempt: attempt } : {}) }
}
