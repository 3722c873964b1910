/**
 * The access review as CSV (RFC 4180): one table for every record, told apart by its first column, so that a spreadsheet can filter it. A cell that a spreadsheet
 * would take for a formula begins with an apostrophe.
 */
import type { Inventory } from './inventory-wire.ts'
import { printable } from './policy/plan-text.ts'
import { caveatsOf, findingsOf, suggestionsOf } from './report-words.ts'

const COLUMNS = [
  'record',
  'name',
  'rule',
  'workload',
  'owner',
  'contact',
  'connection',
  'kind',
  'detail',
  'uses',
  'refusals',
  'live',
  'first_use',
  'last_use',
  'due',
  'by',
] as const

type Row = { readonly [Column in (typeof COLUMNS)[number]]?: string | number | null }

export function reportCsv(inventory: Inventory): string {
  const rows = [...records(inventory), ...findings(inventory), ...happened(inventory)]
  const lines = [COLUMNS.join(','), ...rows.map((row) => COLUMNS.map((column) => cellText(row[column])).join(','))]
  return `${lines.join('\r\n')}\r\n`
}

function records({ grants, workloads, connections, issuers, ...rest }: Inventory): readonly Row[] {
  const { policy, since, at, asks } = rest
  return [
    { record: 'report', name: policy, detail: `${asks} recorded asks`, first_use: since, last_use: at },
    ...caveatsOf({ grants, workloads, connections, issuers, ...rest }).map((caveat) => ({ record: 'caveat', detail: caveat })),
    ...grants.flatMap(({ grant, rules, gives, purpose, review, ...more }): Row[] => [
      { ...more, record: 'grant', name: grant, detail: `${purpose}: ${gives}`, due: review },
      ...rules.map(({ rule, workload, when, uses, first_use, last_use }) => ({
        record: 'rule',
        name: grant,
        rule,
        workload,
        detail: when,
        uses,
        first_use,
        last_use,
      })),
    ]),
    ...workloads.map(({ workload, is, ...more }) => ({ ...more, record: 'workload', name: workload, workload, detail: is })),
    ...connections.map(({ connection, stored_secrets: secrets, rotation_due: due, ...more }) => ({
      ...more,
      record: 'connection',
      name: connection,
      connection,
      detail: secrets.join(' '),
      due,
    })),
    ...issuers.map(({ issuer, url, owners, ...more }) => ({
      ...more,
      record: 'issuer',
      name: issuer,
      detail: `${url}: ${owners.join(' ')}`,
    })),
  ]
}

function findings(inventory: Inventory): readonly Row[] {
  return [
    ...findingsOf(inventory).map(({ record, name, owner, finding, due }) => ({
      record: 'finding',
      name,
      owner,
      kind: record,
      detail: finding,
      due,
    })),
    ...suggestionsOf(inventory).map(({ grant, owner, rule, about, from, to }) => ({
      record: 'suggestion',
      name: grant,
      owner,
      rule,
      kind: about,
      detail: `${from} → ${to}`,
    })),
  ]
}

function happened({ refusals, acts }: Inventory): readonly Row[] {
  return [
    ...refusals.map(({ code, grant, refusals: count, last }) => ({
      record: 'refusal',
      name: grant,
      kind: code,
      refusals: count,
      last_use: last,
    })),
    ...acts.published.map(({ at, policy, replaces, by }) => ({
      record: 'published',
      name: policy,
      detail: `instead of ${replaces}`,
      last_use: at,
      by,
    })),
    ...acts.freezes.map(({ at, type, target, name, by }) => ({ record: type, name, kind: target, last_use: at, by })),
    ...acts.revocations.map(({ at, by, ended, failed, complete }) => ({
      record: 'revocation',
      detail: `${ended} ended, ${failed} failed${complete ? '' : ', not complete'}`,
      last_use: at,
      by,
    })),
    ...acts.authorities.map(({ by, role, action, uses, first_use, last_use }) => ({
      record: 'authority',
      kind: role,
      detail: action,
      uses,
      first_use,
      last_use,
      by,
    })),
  ]
}

/** What Excel, LibreOffice or Google Sheets could read as a formula, also in full width. */
const FORMULA = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/

function cellText(value: string | number | null | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'number') return String(value)
  const text = printable(value)
  const tame = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n;]/.test(tame) || tame !== tame.trim() ? `"${tame.replaceAll('"', '""')}"` : tame
}
