/** The inventory and the report of it: what is counted, what is overdue, what cannot be said of a sample, and that nothing in it can steer who reads it. */
import { describe, expect, test } from 'vitest'
import { actsOf } from '../../shared/acts.ts'
import { type InventorySubject, inventoryOf } from '../../shared/inventory.ts'
import { type Inventory, inventorySchema } from '../../shared/inventory-wire.ts'
import { checkDocument } from '../../shared/policy/check-document.ts'
import { loadPolicy } from '../../shared/policy/load.ts'
import type { AskEntry } from '../../shared/policy/replay.ts'
import { reportCsv } from '../../shared/report-csv.ts'
import { reportMarkdown } from '../../shared/report-markdown.ts'
import { documentOf, FACTS, GITHUB, spoilt } from './policy/policies.ts'

const LEDGER = `v1:${GITHUB}:65000001`

function entry(at: string, more: Partial<AskEntry> = {}): AskEntry {
  const base = { ledger: LEDGER, at, grant: 'call-api', decision: 'd', type: 'issued', workload: 'docs-site', connection: 'acme-api' }
  return { ...base, ask: { attributes: FACTS }, ...more }
}

const refused = (at: string, grant: string): AskEntry => ({
  ledger: LEDGER,
  at,
  grant,
  decision: 'd',
  type: 'refused',
  code: 'grant_refused',
  ask: { attributes: FACTS },
})

const lease = { grant: 'call-api', workload: 'docs-site', connection: 'acme-api', issuerUrl: GITHUB }

function inventory(changes: Partial<InventorySubject> = {}): Inventory {
  const document = changes.document ?? documentOf()
  return inventoryOf({
    document,
    policy: loadPolicy(document, 'sha256:0'),
    entries: [],
    sampled: false,
    leases: [],
    leasesCut: false,
    unreachable: [],
    acts: actsOf([], false),
    at: '2026-11-25T12:00:00.000Z',
    since: '2026-08-27T12:00:00.000Z',
    days: 90,
    ...changes,
  })
}

const grantOf = ({ grants }: Inventory, name: string) => grants.find(({ grant }) => grant === name)

describe('the inventory', () => {
  test('counts uses and refusals under every name, with the first and the last in whatever order they come', () => {
    const found = inventory({
      entries: [
        entry('2026-11-02T00:00:00.000Z'),
        entry('2026-11-03T00:00:00.000Z'),
        entry('2026-11-01T00:00:00.000Z'),
        refused('2026-11-04T00:00:00.000Z', 'call-api'),
      ],
      leases: [lease, lease],
    })
    const counted = { uses: 3, first_use: '2026-11-01T00:00:00.000Z', last_use: '2026-11-03T00:00:00.000Z', live: 2, unused: false }
    expect(grantOf(found, 'call-api')).toMatchObject({ ...counted, refusals: 1 })
    expect(found.workloads[0]).toMatchObject({ workload: 'docs-site', owner: 'team-docs', ...counted })
    expect(found.connections[0]).toMatchObject({ connection: 'acme-api', ...counted })
    expect(found.issuers[0]).toMatchObject({ issuer: 'github', owners: ['acme'], ...counted, refusals: 1 })
    expect(found.refusals).toEqual([{ code: 'grant_refused', grant: 'call-api', refusals: 1, last: '2026-11-04T00:00:00.000Z' }])
    expect(found.grants[0]?.rules[0]).toMatchObject({ rule: 'call-api/0', workload: 'docs-site', uses: 3 })
    expect(found.grants[0]?.rules[0]?.when).toContain('ref is refs/heads/main, event_name is push or ')
  })

  test('is what its readers read', () => {
    const found = inventory({ entries: [entry('2026-11-02T00:00:00.000Z')], leases: [lease] })
    expect(inventorySchema.parse(JSON.parse(JSON.stringify(found)))).toEqual(found)
  })

  test('calls nothing unused of which only a sample was read', () => {
    expect(grantOf(inventory(), 'deploy-docs')?.unused).toBe(true)
    expect(grantOf(inventory({ sampled: true }), 'deploy-docs')?.unused).toBeNull()
    expect(reportMarkdown(inventory({ sampled: true }))).not.toContain('not used')
  })

  test.each([
    ['2027-05-01', false],
    ['2027-05-02', true],
  ])('on %s the review of 2027-05-01 is overdue: %s', (day, isOverdue) => {
    expect(grantOf(inventory({ at: `${day}T00:00:00.000Z` }), 'deploy-docs')?.review_overdue).toBe(isOverdue)
  })

  test.each([
    ['2026-12-30', false],
    ['2026-12-31', true],
  ])('on %s a rotation every 90 days that was last on 2026-10-01 is overdue: %s', (day, isOverdue) => {
    const connection = inventory({ at: `${day}T00:00:00.000Z` }).connections[1]
    expect(connection).toMatchObject({ rotation_due: '2026-12-30', rotation_overdue: isOverdue, no_end: false })
    expect(connection?.stored_secrets).toEqual(['UPSTREAM_GITHUB_APP_KEY'])
  })

  test('names a stored secret that nothing says the end of', () => {
    const document = documentOf(spoilt('    rotation: { every: 90d, last: 2026-10-01 }\n', ''))
    expect(inventory({ document }).connections[1]).toMatchObject({ rotation_due: null, rotation_overdue: false, no_end: true })
  })

  test('shows live leases under names the policy has no more', () => {
    const gone = { ...lease, grant: 'gone' }
    expect(inventory({ leases: [gone, gone, lease] }).strays).toEqual([
      { grant: 'gone', workload: 'docs-site', connection: 'acme-api', live: 2 },
    ])
  })

  test('suggests what would have done, and only for what was used', () => {
    const document = documentOf(spoilt('        ref: refs/heads/main\n  deploy-docs', '        ref: refs/heads/*\n  deploy-docs'))
    const found = inventory({ document, entries: [entry('2026-11-02T00:00:00.000Z')] })
    expect(grantOf(found, 'call-api')?.right_size).toEqual({
      asks: 1,
      unused_rules: [],
      conditions: [{ rule: 'call-api/0', attribute: 'ref', from: ['refs/heads/*'], to: ['refs/heads/main'] }],
      scope: null,
    })
    expect(grantOf(found, 'deploy-docs')?.right_size).toBeNull()
  })

  test('takes 20 000 asks over 500 grants in its stride', () => {
    const names = Array.from({ length: 500 }, (_, index) => `g${index}`)
    const base = documentOf()
    const grant = base.grants['call-api']
    const checked = checkDocument({ ...base, grants: Object.fromEntries(names.map((name) => [name, grant])), scenarios: [] })
    if (!checked.ok) throw new Error('not a policy')
    const entries = Array.from({ length: 20_000 }, (_, index) => entry('2026-11-02T00:00:00.000Z', { grant: names[index % 500] ?? '' }))
    const start = performance.now()
    expect(inventory({ document: checked.document, entries }).grants).toHaveLength(500)
    expect(performance.now() - start).toBeLessThan(5_000)
  })
})

describe('acts of authorities', () => {
  const at = '2026-11-02T00:00:00.000Z'
  const by = 'acme/ops@refs/heads/main'

  test('are read out of their ledger, and what is none is passed over', () => {
    const acts = actsOf(
      [
        { type: 'authority_used', at, by, role: 'operator', action: 'freeze' },
        { type: 'authority_used', at: '2026-11-03T00:00:00.000Z', by, role: 'operator', action: 'freeze' },
        { type: 'froze', at, by, target: 'all' },
        { type: 'thawed', at, by, target: 'grant', name: 'x' },
        { type: 'published', at, by, policy: 'sha256:1', replaces: '*' },
        { type: 'revocation', at, by, ended: 2, failed: 0, complete: true },
        { type: 'something_new', at },
        'nonsense',
      ],
      true,
    )
    expect(acts.authorities).toEqual([
      { by, role: 'operator', action: 'freeze', uses: 2, first_use: at, last_use: '2026-11-03T00:00:00.000Z' },
    ])
    expect(acts.freezes).toEqual([
      { at, type: 'froze', target: 'all', name: '', by },
      { at, type: 'thawed', target: 'grant', name: 'x', by },
    ])
    expect([acts.published.length, acts.revocations.length, acts.cut]).toEqual([1, 1, true])
  })
})

const HOSTILE = [
  '=cmd|"/c calc"!A1',
  '+1',
  '-1',
  '@SUM(A1)',
  ' =1',
  '＝1',
  'a|b',
  '<img src=x>',
  '`x`',
  '[x](https://evil.example)',
  '@octocat',
  'a"b,c',
  'x\u001b[2Jy',
  '\u202Egpj',
]

describe('a report', () => {
  const hostile = (text: string): Inventory => {
    const base = inventory({ entries: [refused('2026-11-02T00:00:00.000Z', text)], leases: [{ ...lease, grant: text }] })
    const grants = base.grants.map((grant) => ({ ...grant, owner: text, contact: text, purpose: text }))
    const authorities = [{ by: text, role: text, action: text, uses: 1, first_use: 'x', last_use: 'x' }]
    return { ...base, grants, acts: { ...base.acts, authorities } }
  }

  test.each(HOSTILE)('as CSV lets %j be no formula and end no cell', (text) => {
    const csv = reportCsv(hostile(text))
    expect(csv.endsWith('\r\n')).toBe(true)
    const rows = csv.trimEnd().split('\r\n').map(parseRow)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([16]))
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|[\p{Cc}\p{Cf}]/u)
    expect(rows.flat().some((cell) => cell.endsWith(text.slice(-1)))).toBe(true)
  })

  test.each(HOSTILE)('as Markdown lets %j be nothing but text', (text) => {
    const markdown = reportMarkdown(hostile(text))
    expect(markdown).not.toMatch(/<img|`x`|\]\(https|@octocat/i)
    expect(markdown.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    const rows = markdown.split('\n').filter((line) => line.startsWith('|'))
    const widths = new Map<number, number>()
    for (const row of rows) widths.set(row.split('|').length, 1)
    // every table keeps its columns: 2 outer bars and as many cells as its headings
    expect([...widths.keys()].every((width) => [6, 7, 8].includes(width))).toBe(true)
  })

  test('says what to decide first, and then who could and who did', () => {
    const text = reportMarkdown(inventory({ at: '2027-06-01T00:00:00.000Z', entries: [entry('2027-05-02T00:00:00.000Z')] }))
    const order = ['## To decide', '## Who could, and who did', '### <code>call-api</code>']
    expect(order.map((title) => text.indexOf(title))).toEqual(order.map((title) => text.indexOf(title)).toSorted((a, b) => a - b))
    expect(text).toContain(
      '| grant | <code>deploy-docs</code> | <code>team-docs</code> | its review is overdue | <code>2027-05-01</code> |',
    )
    expect(text).toContain('the rotation of its root secret is overdue')
    expect(text).toContain('not used in 90 days')
  })

  test('says so when nothing is to be decided, and when the numbers are not whole', () => {
    const quiet = inventory({
      entries: [entry('2026-11-02T00:00:00.000Z'), entry('2026-11-02T00:00:00.000Z', { grant: 'deploy-docs', connection: 'acme-github' })],
    })
    expect(reportMarkdown(quiet)).toContain('Nothing is overdue, unused or left over.')
    const partial = inventory({ unreachable: ['v1:x:1'], leasesCut: true, acts: actsOf([], true) })
    for (const said of ['1 ledgers did not answer', 'more live leases', 'newest acts']) {
      expect(reportMarkdown(partial)).toContain(said)
      expect(reportCsv(partial)).toContain(said)
    }
  })
})

/** One record of RFC 4180 without line ends inside. */
function parseRow(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain)
}
