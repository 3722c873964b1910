/**
 * Heeding news: what a platform said about jobs, runs and repositories is put on record in the ledgers of the owner, and the leases it is about are recalled.
 * It ends nothing itself: a recall is durable and the ledger's alarm does the ending at once, so the platform is answered in time and nothing is forgotten.
 * It never opens a ledger: where there is none there is no lease.
 */
import { isIssuerOfHost } from '../shared/platforms/github-webhook.ts'
import type { News, RepositoryChange } from '../shared/platforms/news.ts'
import { ok, type Result } from '../shared/result.ts'
import { ledgersOfOwner } from './authenticate/authenticate.ts'
import { callState, type StateUnavailable } from './call-state.ts'
import { type Deps, randomId } from './deps.ts'
import type { HeededNews, HeedOutcome } from './state/ledger-port.ts'

/** One message whose signature held. */
export interface Delivery {
  readonly news: News
  /** The platform's name for the delivery. Not signed: for people to find it by, never to decide by. */
  readonly id: string
  /** SHA-256 of the signed body, hex: what makes it recognisable a second time. */
  readonly digest: string
}

/** `not_served`: no ledger is about this owner, so nothing was stored. */
export type Heeded = HeedOutcome | { readonly outcome: 'not_served' }

type HeedDeps = Pick<Deps, 'ledger' | 'policyStore' | 'random' | 'log'>

/** A repository that is gone, frozen, somebody else's or everybody's: what its jobs hold ends. The others are only put on record. */
const ENDS_LEASES: Readonly<Record<RepositoryChange, boolean>> = {
  archived: true,
  deleted: true,
  transferred: true,
  publicized: true,
  renamed: false,
  unarchived: false,
  privatized: false,
}

export async function heed(delivery: Delivery, deps: HeedDeps): Promise<Result<Heeded, StateUnavailable>> {
  const { news } = delivery
  const names = await callState(() => deps.policyStore().ledgers())
  if (!names.ok) return names
  const former = news.what === 'repository_changed' ? news.formerOwner : undefined
  const owners = former === undefined ? [news.owner] : [former, news.owner]
  const outcomes: HeedOutcome[] = []
  for (const owner of owners) {
    for (const ledger of ledgersOfOwner(names.value, owner.id, (issuer) => isIssuerOfHost(issuer, news.host))) {
      // leases drawn under the new owner are that owner's own affair
      const mayRecall = former === undefined || owner.id === former.id
      const heeded = await heedIn(ledger, delivery, mayRecall, deps)
      if (!heeded.ok) return heeded
      outcomes.push(heeded.value)
    }
  }
  return ok(sumOf(outcomes))
}

async function heedIn(ledger: string, { news, id, digest }: Delivery, mayRecall: boolean, deps: HeedDeps) {
  const recalls = mayRecall ? recallsOf(news) : undefined
  const message: HeededNews = {
    mark: `webhook ${digest}`,
    attempt: randomId(deps),
    entry: entryOf(news, id),
    ...(recalls === undefined ? {} : { recalls }),
  }
  const heeded = await callState(() => deps.ledger(ledger).heed(message))
  if (heeded.ok && heeded.value.outcome === 'heeded') report(news, heeded.value.leases, deps)
  return heeded
}

/** A delivery that one of several ledgers had not heard of yet was no repetition. */
function sumOf(outcomes: readonly HeedOutcome[]): Heeded {
  if (outcomes.length === 0) return { outcome: 'not_served' }
  const heeded = outcomes.filter((one) => one.outcome === 'heeded')
  return heeded.length === 0 ? { outcome: 'repeated' } : { outcome: 'heeded', leases: heeded.reduce((sum, { leases }) => sum + leases, 0) }
}

function recallsOf(news: News): HeededNews['recalls'] {
  switch (news.what) {
    case 'job_completed':
      return { leases: { job: news.jobs }, cause: news.what }
    case 'run_completed':
      return { leases: { run: news.runId, upToAttempt: news.runAttempt }, cause: news.what }
    case 'repository_changed':
      return ENDS_LEASES[news.change] ? { leases: { repository: news.repository.id }, cause: `repository_${news.change}` } : undefined
  }
}

function entryOf(news: News, delivery: string): HeededNews['entry'] {
  const where = { repository: news.repository.name, repository_id: news.repository.id, delivery }
  switch (news.what) {
    case 'job_completed':
      return { type: 'recalled', cause: news.what, ...where, run_id: news.runId, run_attempt: news.runAttempt, job: news.jobs[0] ?? '' }
    case 'run_completed':
      return { type: 'recalled', cause: news.what, ...where, run_id: news.runId, run_attempt: news.runAttempt }
    case 'repository_changed':
      return {
        type: 'repository_changed',
        change: news.change,
        ...where,
        owner: news.owner.name,
        owner_id: news.owner.id,
        ...(news.formerName === undefined ? {} : { former_name: news.formerName }),
        ...(news.formerOwner === undefined ? {} : { former_owner: news.formerOwner.name, former_owner_id: news.formerOwner.id }),
      }
  }
}

function report(news: News, count: number, deps: Pick<Deps, 'log'>): void {
  const isChange = news.what === 'repository_changed'
  if (!isChange && count === 0) return
  const outcome = isChange ? (`repository_${news.change}` as const) : news.what
  deps.log({ event: 'webhook', outcome, count, detail: isChange ? `repository ${news.repository.id}` : `run ${news.runId}` })
}
