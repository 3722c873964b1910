/**
 * The plan in words, shared by its text and its Markdown: what to say first, how much changed, who a witness is. Values from policies and claims come
 * out marked as such, so that each form can write them so that they pass for nothing else.
 */
import { type GrantChange, type IssuerChange, narrows, type Plan, widens } from './plan.ts'
import type { TermChange } from './plan-terms.ts'
import type { TripwireChange } from './plan-tripwires.ts'
import type { Witness } from './plan-witness.ts'

/** A piece of a sentence: our own words, or a value that somebody else chose. */
export type Phrase = string | { readonly value: string }

export interface Counts {
  readonly added: number
  readonly removed: number
  readonly widened: number
  readonly narrowed: number
  readonly otherwise: number
}

export function countsOf({ grants }: Plan): Counts {
  const count = (test: (change: GrantChange) => boolean): number => grants.filter(test).length
  return {
    added: count(({ change }) => change === 'added'),
    removed: count(({ change }) => change === 'removed'),
    widened: count((change) => widens(change)),
    narrowed: count((change) => narrows(change)),
    otherwise: count((change) => !widens(change) && !narrows(change) && change.change === 'changed'),
  }
}

/** One line that says what a reviewer must know. */
export function verdict(plan: Plan): string {
  const { widened, narrowed, added, removed, otherwise } = countsOf(plan)
  const trust = plan.issuers.filter((change) => change.widens).length
  const isLooser = plan.tripwires.some(({ loosens }) => loosens)
  if (plan.grants.length === 0 && plan.issuers.length === 0 && plan.tripwires.length === 0)
    return 'No effective change: both policies allow the same'
  const parts = [
    ...(trust > 0 ? ['changes whose tokens are believed'] : []),
    ...(plan.tripwires.length > 0 ? [isLooser ? 'loosens tripwires' : 'changes tripwires'] : []),
    ...(widened > 0 ? [`widens ${grantsText(widened)}`] : []),
    ...(narrowed > 0 ? [`narrows ${grantsText(narrowed)}`] : []),
    ...(otherwise > 0 ? [`changes ${grantsText(otherwise)} otherwise`] : []),
  ]
  const counts = [...(added > 0 ? [`${added} added`] : []), ...(removed > 0 ? [`${removed} removed`] : [])]
  const text = parts.length === 0 ? 'adds or removes no access' : parts.join(', ')
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}${counts.length > 0 ? ` (${counts.join(', ')})` : ''}`
}

function grantsText(count: number): string {
  return count === 1 ? '1 grant' : `${count} grants`
}

/** What deserves a look before anything else. */
export function dangers({ grants, issuers, tripwires }: Plan): readonly (readonly Phrase[])[] {
  const trust = issuers.filter((change) => change.widens).map(issuerPhrase)
  const events = grants.flatMap(({ grant, newly }) =>
    newly
      .filter((witness) => witness.isUnusualEvent)
      .map((witness): readonly Phrase[] => [
        { value: grant },
        ' can newly be had by ',
        ...whoPhrase(witness),
        ': an event that a rule must ask for by name, because others than its own people may cause it',
      ]),
  )
  const scopes = grants.filter(({ scope }) => scope === 'wider' || scope === 'other')
  return [
    ...trust,
    ...tripwires.filter(({ loosens }) => loosens).map(tripwirePhrase),
    ...events,
    ...scopes.map(({ grant, scope }): readonly Phrase[] => [
      { value: grant },
      ` gives ${scope === 'wider' ? 'more' : 'something else'} than before`,
    ]),
  ]
}

function issuerPhrase({ issuer, change }: IssuerChange): readonly Phrase[] {
  return issuer === '*' ? [change] : ['issuer ', { value: issuer }, `: ${change}`]
}

function tripwirePhrase({ change, canary }: TripwireChange): readonly Phrase[] {
  return canary === undefined ? [change] : [change, { value: canary }]
}

/** What a reader need not fear: changes of all grants that give nobody more. */
export function quietChanges({ issuers, tripwires }: Plan): readonly (readonly Phrase[])[] {
  return [
    ...issuers.filter(({ widens: isWider }) => !isWider).map(issuerPhrase),
    ...tripwires.filter(({ loosens }) => !loosens).map(tripwirePhrase),
  ]
}

/** The run of a witness, by the facts people know runs by. */
export function whoPhrase({ who }: Witness): readonly Phrase[] {
  const ref = who.ref === '' ? [' of a bare commit'] : [' on ', { value: who.ref }]
  const environment = who.environment === '' ? [] : [' in environment ', { value: who.environment }]
  const runner = who.isSelfHosted ? [' on a self-hosted runner'] : []
  return [{ value: who.event }, ...ref, ' in ', { value: who.repository }, ` (id ${who.repositoryId})`, ...environment, ...runner]
}

/** Under which rule, why the other policy refuses it, and under which new name it comes. */
export function proofPhrase({ rule, workload, because, notes }: Witness, other: 'before' | 'now'): readonly Phrase[] {
  const renames = notes.flatMap(({ about, policyName, tokenName }): readonly Phrase[] => [
    `; ${about === 'repository_renamed' ? 'a pinned id follows the repository' : 'the id of the owner stays'} when `,
    { value: policyName },
    ' is renamed, here to ',
    { value: tokenName },
  ])
  return ['rule ', { value: rule }, ' for ', { value: workload }, `; refused ${other}: `, { value: because }, ...renames]
}

const TERM_NAMES: Readonly<Record<TermChange['about'], string>> = {
  connection: 'connection',
  scope: 'scope',
  ttl: 'lifetime',
  limits: 'limits',
}
const SENSES: Readonly<Record<TermChange['about'], Readonly<Record<TermChange['sense'], string>>>> = {
  connection: { wider: 'changed', narrower: 'changed', other: 'changed' },
  scope: { wider: 'wider', narrower: 'narrower', other: 'another' },
  ttl: { wider: 'longer', narrower: 'shorter', other: 'changed' },
  limits: { wider: 'looser', narrower: 'tighter', other: 'changed' },
}

export function termPhrase({ about, sense, from, to }: TermChange): readonly Phrase[] {
  return [`${TERM_NAMES[about]} ${SENSES[about][sense]}: `, { value: from }, ' → ', { value: to }]
}

/** What an added grant gives, and a removed one gave. */
export function givesPhrase({ change, terms }: GrantChange): readonly Phrase[] {
  return change === 'changed' ? [] : [change === 'added' ? 'gives ' : 'gave ', { value: terms.gives }]
}

/** Widened first, then narrowed, then the rest; by name within each. */
export function inOrderOfDanger(grants: readonly GrantChange[]): readonly GrantChange[] {
  const rank = (change: GrantChange): number => {
    if (change.newly.some((witness) => witness.isUnusualEvent)) return 0
    if (widens(change)) return 1
    return narrows(change) ? 2 : 3
  }
  return [...grants].sort((a, b) => rank(a) - rank(b) || (a.grant < b.grant ? -1 : 1))
}
