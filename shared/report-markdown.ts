/**
 * The access review as Markdown: what to decide first, then who could and who did, then what happened. Everything that a policy, a caller or an authority could
 * have chosen stands in a code element that it cannot leave.
 */
import type { Inventory, InventoryGrant } from './inventory-wire.ts'
import { code } from './policy/plan-markdown.ts'
import { caveatsOf, findingsOf, suggestionsOf } from './report-words.ts'

export function reportMarkdown(inventory: Inventory): string {
  const { policy, since, at, days, asks, grants, workloads } = inventory
  const caveats = caveatsOf(inventory)
  const blocks = [
    `# Access review, ${since.slice(0, 10)} to ${at.slice(0, 10)}`,
    `${grants.length} grants, ${workloads.length} workloads, ${asks} recorded asks in ${days} days, under the policy ${code(policy)}.`,
    ...(caveats.length > 0 ? [caveats.map((caveat) => `> ${caveat}`).join('\n>\n')] : []),
    ...toDecide(inventory),
    ...suggestions(inventory),
    '## Who could, and who did',
    ...grants.map(grantBlock),
    ...happened(inventory),
  ]
  return `${blocks.join('\n\n')}\n`
}

type Row = readonly (string | number)[]

/** Cells are Markdown already. */
function table(headings: readonly string[], rows: readonly Row[]): string {
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)].join('\n')
}

function section(title: string, headings: readonly string[], rows: readonly Row[]): readonly string[] {
  return rows.length === 0 ? [] : [`## ${title}`, table(headings, rows)]
}

/** A value, or a dash when there is none. */
function cell(value: string | null): string {
  return value === null || value === '' ? '-' : code(value)
}

function toDecide(inventory: Inventory): readonly string[] {
  const rows = findingsOf(inventory).map(
    ({ record, name, owner, finding, due }): Row => [record, cell(name), cell(owner), finding, cell(due)],
  )
  return rows.length === 0
    ? ['## To decide', 'Nothing is overdue, unused or left over.']
    : section('To decide', ['record', 'name', 'owner', 'finding', 'due'], rows)
}

function suggestions(inventory: Inventory): readonly string[] {
  const rows = suggestionsOf(inventory).map(
    ({ grant, owner, rule, about, from, to }): Row => [cell(grant), cell(owner), cell(rule), cell(about), cell(from), cell(to)],
  )
  return section('Wider than its use', ['grant', 'owner', 'rule', 'what', 'is', 'would have done'], rows)
}

function grantBlock(grant: InventoryGrant): string {
  const { owner, contact, purpose, connection, kind, gives, ttl, review, uses, refusals, live } = grant
  const facts = [
    `${code(purpose)}. Gives ${code(gives)} by ${code(connection)} (${code(kind)}) for ${code(ttl)}.`,
    `Owner ${code(owner)}${contact === null ? '' : `, ${code(contact)}`}; review ${cell(review)}; used ${uses}, refused ${refusals}, live ${live}.`,
  ]
  const rows = grant.rules.map(
    ({ rule, workload, when, suspended, uses: times, first_use: first, last_use: last }): Row => [
      cell(rule),
      suspended ? `${code(workload)} (suspended)` : code(workload),
      cell(when),
      times,
      cell(first),
      cell(last),
    ],
  )
  return [`### ${code(grant.grant)}`, facts.join('  \n'), table(['rule', 'who', 'when', 'uses', 'first', 'last'], rows)].join('\n\n')
}

function happened({ refusals, acts }: Inventory): readonly string[] {
  return [
    ...section(
      'Refusals',
      ['code', 'grant', 'refusals', 'last'],
      refusals.map(({ code: why, grant, refusals: count, last }) => [cell(why), cell(grant), count, cell(last)]),
    ),
    ...section(
      'Policies published',
      ['at', 'policy', 'instead of', 'by'],
      acts.published.map(({ at, policy, replaces, by }) => [cell(at), cell(policy), cell(replaces), cell(by)]),
    ),
    ...section(
      'Freezes',
      ['at', 'what', 'target', 'name', 'by'],
      acts.freezes.map(({ at, type, target, name, by }) => [cell(at), type, cell(target), cell(name), cell(by)]),
    ),
    ...section(
      'Revocations',
      ['at', 'by', 'ended', 'failed', 'complete'],
      acts.revocations.map(({ at, by, ended, failed, complete }) => [cell(at), cell(by), ended, failed, complete ? 'yes' : 'no']),
    ),
    ...section(
      'Authorities',
      ['by', 'role', 'action', 'uses', 'first', 'last'],
      acts.authorities.map(({ by, role, action, uses, first_use: first, last_use: last }) => [
        cell(by),
        cell(role),
        cell(action),
        uses,
        cell(first),
        cell(last),
      ]),
    ),
  ]
}
