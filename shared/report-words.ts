/** What a report says of each record in words, the same for every form: findings somebody must act on, and the suggestions of right-sizing. */
import type { Inventory, InventoryGrant } from './inventory-wire.ts'

export interface ReportFinding {
  readonly record: 'grant' | 'workload' | 'connection' | 'lease'
  readonly name: string
  readonly owner: string
  /** Our words. */
  readonly finding: string
  /** A day, or empty. */
  readonly due: string
}

export function findingsOf(inventory: Inventory): readonly ReportFinding[] {
  const { grants, workloads, connections, strays, days } = inventory
  const unused = `not used in ${days} days`
  return [
    ...grants.flatMap(({ grant: name, owner, review, review_overdue: isOverdue, unused: isUnused }) => [
      ...(isOverdue ? [finding('grant', name, { owner, finding: 'its review is overdue', due: review ?? '' })] : []),
      ...(isUnused === true ? [finding('grant', name, { owner, finding: unused, due: '' })] : []),
    ]),
    ...workloads.flatMap(({ workload: name, owner, unused: isUnused, suspended }) => [
      ...(isUnused === true ? [finding('workload', name, { owner, finding: unused, due: '' })] : []),
      ...(suspended ? [finding('workload', name, { owner, finding: 'suspended', due: '' })] : []),
    ]),
    ...connections.flatMap(connectionFindings),
    ...strays.map(({ grant, workload, live }) =>
      finding('lease', `${grant} for ${workload}`, { owner: '', finding: `${live} live, under names the policy has no more`, due: '' }),
    ),
  ]
}

function connectionFindings({
  connection: name,
  owner,
  rotation_overdue: isOverdue,
  rotation_due: due,
  no_end: hasNoEnd,
}: Inventory['connections'][number]): readonly ReportFinding[] {
  return [
    ...(isOverdue ? [finding('connection', name, { owner, finding: 'the rotation of its root secret is overdue', due: due ?? '' })] : []),
    ...(hasNoEnd
      ? [finding('connection', name, { owner, finding: 'it rests on a stored secret that nothing says the end of', due: '' })]
      : []),
  ]
}

function finding(record: ReportFinding['record'], name: string, rest: Pick<ReportFinding, 'owner' | 'finding' | 'due'>): ReportFinding {
  return { record, name, ...rest }
}

export interface Suggestion {
  readonly grant: string
  readonly owner: string
  /** A rule, or empty for the grant. */
  readonly rule: string
  /** `ref`, `scope`, or empty for a whole rule. */
  readonly about: string
  readonly from: string
  readonly to: string
}

export function suggestionsOf({ grants }: Inventory): readonly Suggestion[] {
  return grants.flatMap(grantSuggestions)
}

function grantSuggestions({ grant, owner, right_size: size }: InventoryGrant): readonly Suggestion[] {
  if (size === null) return []
  return [
    ...size.unused_rules.map((rule) => ({ grant, owner, rule, about: '', from: 'a rule nobody used', to: 'remove it' })),
    ...size.conditions.map(({ rule, attribute, from, to }) => ({
      grant,
      owner,
      rule,
      about: attribute,
      from: from.length === 0 ? 'not stated' : from.join(' or '),
      to: to.join(' or '),
    })),
    ...(size.scope === null ? [] : [{ grant, owner, rule: '', about: 'scope', from: size.scope.from, to: size.scope.to }]),
  ]
}

/** What a reader must know before believing the numbers; empty when they are whole. */
export function caveatsOf({ sampled, asks, unreachable, leases_cut: isCut, acts }: Inventory): readonly string[] {
  return [
    ...(sampled ? [`The newest ${asks} recorded asks stand for more: uses are at least these, and nothing is called unused.`] : []),
    ...(unreachable.length > 0 ? [`${unreachable.length} ledgers did not answer: what is live there is missing.`] : []),
    ...(isCut ? ['There are more live leases than were counted.'] : []),
    ...(acts.cut ? ['Authorities acted more often than was read: these are the newest acts.'] : []),
  ]
}
