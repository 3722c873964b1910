/** `POST /break-glass`: a report of what was done without the broker. It is recorded, and gives nothing. */
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import { ALARMING_TYPES } from '../../../shared/ledger-entries.ts'
import { asRole, entriesOf, makeWorld, type World } from '../harness.ts'

const REPORT = {
  envelope: '0fe82516694e87136d6139260784d048',
  name: 'acme deploy key',
  people: ['jane', 'joe'],
  opened_at: '2026-11-22T01:44:32Z',
  reason: 'the broker was down',
}

const report = (world: World, body: JsonObject | string, role: 'operator' | 'auditor' | 'publisher' | 'stranger' = 'operator') =>
  asRole(world, role, '/break-glass', { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) })

describe('a break-glass report', () => {
  it('is an entry that raises an alarm, after the use of the authority', async () => {
    const world = await makeWorld()
    const answer = await report(world, REPORT)
    expect([answer.status, answer.body]).toEqual([200, { recorded: REPORT.envelope }])
    expect((await entriesOf('v1:authorities')).slice(-2)).toMatchObject([
      { type: 'authority_used', role: 'operator', action: 'report_break_glass', envelope: REPORT.envelope },
      { ...REPORT, type: 'break_glass_used', by: 'acme-admin/operator@refs/heads/main' },
    ])
    expect(ALARMING_TYPES).toContain('break_glass_used')
  })

  it.each(['auditor', 'publisher', 'stranger'] as const)('is not the %s’s to make', async (role) => {
    expect((await report(await makeWorld(), REPORT, role)).status).toBe(403)
  })

  it.each<[string, JsonObject | string]>([
    ['nothing', ''],
    ['no JSON', 'x'],
    ['one person', { ...REPORT, people: ['jane'] }],
    ['one person twice', { ...REPORT, people: ['jane', 'jane'] }],
    ['three people', { ...REPORT, people: ['jane', 'joe', 'eve'] }],
    ['a time to come', { ...REPORT, opened_at: '2999-01-01T00:00:00Z' }],
    ['no reason', { ...REPORT, reason: '' }],
    ['a reason of two lines', { ...REPORT, reason: 'a\nb' }],
    ['an id of another form', { ...REPORT, envelope: 'x' }],
    ['something else', { ...REPORT, credential: 'planted' }],
    ['a member named twice', JSON.stringify(REPORT).replace('{', '{"name":"other",')],
  ])('of %s is refused and leaves nothing', async (_name, body) => {
    const world = await makeWorld()
    const before = (await entriesOf('v1:authorities')).length
    expect((await report(world, body)).status).toBe(400)
    expect((await entriesOf('v1:authorities')).length).toBe(before)
  })
})
