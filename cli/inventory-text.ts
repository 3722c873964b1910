/** The inventory for a terminal: a table for each sort of record, then what is wider than its use, then what keeps the numbers from being whole. */
import type { Inventory } from '../shared/inventory-wire.ts'
import { printable } from '../shared/policy/plan-text.ts'
import { caveatsOf, suggestionsOf } from '../shared/report-words.ts'
import { tableText } from './table.ts'

export function inventoryText(inventory: Inventory): string {
  const { policy, days, asks, grants, workloads, connections, issuers, strays } = inventory
  const parts = [
    `${printable(policy)}\n${asks} recorded asks of the last ${days} days\n`,
    tableText(
      ['GRANT', 'OWNER', 'CONNECTION', 'USES', 'REFUSED', 'LAST USE', 'LIVE', 'REVIEW', 'NOTE'],
      grants.map((one) => [
        one.grant,
        whose(one),
        one.connection,
        String(one.uses),
        String(one.refusals),
        second(one.last_use),
        String(one.live),
        one.review ?? '',
        notes([one.review_overdue, 'review overdue'], [one.unused, 'unused'], [one.right_size !== null, 'wider than its use']),
      ]),
    ),
    tableText(
      ['WORKLOAD', 'OWNER', 'ISSUER', 'USES', 'LAST USE', 'LIVE', 'NOTE'],
      workloads.map((one) => [
        one.workload,
        whose(one),
        one.issuer,
        String(one.uses),
        second(one.last_use),
        String(one.live),
        notes([one.suspended, 'suspended'], [one.unused, 'unused']),
      ]),
    ),
    tableText(
      ['CONNECTION', 'OWNER', 'KIND', 'USES', 'LAST USE', 'LIVE', 'ROTATION DUE', 'NOTE'],
      connections.map((one) => [
        one.connection,
        whose(one),
        one.kind,
        String(one.uses),
        second(one.last_use),
        String(one.live),
        one.rotation_due ?? '',
        notes([one.rotation_overdue, 'rotation overdue'], [one.no_end, 'stored secret without an end'], [one.unused, 'unused']),
      ]),
    ),
    tableText(
      ['ISSUER', 'URL', 'OWNERS', 'USES', 'REFUSED', 'LAST USE', 'LIVE'],
      issuers.map((one) => [
        one.issuer,
        one.url,
        one.owners.join(' '),
        String(one.uses),
        String(one.refusals),
        second(one.last_use),
        String(one.live),
      ]),
    ),
    ...suggestionParts(inventory),
    ...(strays.length === 0
      ? []
      : [
          tableText(
            ['LIVE WITHOUT POLICY', 'WORKLOAD', 'CONNECTION', 'LIVE'],
            strays.map(({ grant, workload, connection, live }) => [grant, workload, connection, String(live)]),
          ),
        ]),
    ...caveatsOf(inventory).map((caveat) => `note: ${caveat}\n`),
  ]
  return parts.join('\n')
}

function suggestionParts(inventory: Inventory): readonly string[] {
  const rows = suggestionsOf(inventory)
  if (rows.length === 0) return []
  return [
    tableText(
      ['WIDER THAN ITS USE', 'RULE', 'WHAT', 'IS', 'WOULD HAVE DONE'],
      rows.map(({ grant, rule, about, from, to }) => [grant, rule, about, from, to]),
    ),
  ]
}

function whose({ owner, contact }: { readonly owner: string; readonly contact: string | null }): string {
  return contact === null ? owner : `${owner} ${contact}`
}

/** A time to the second. */
function second(at: string | null): string {
  return at === null ? '' : `${at.slice(0, 19)}Z`
}

function notes(...given: readonly (readonly [boolean | null, string])[]): string {
  return given
    .filter(([holds]) => holds === true)
    .map(([, note]) => note)
    .join(', ')
}
