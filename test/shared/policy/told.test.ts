import { describe, expect, test } from 'vitest'
import { toldToCaller } from '../../../shared/policy/told.ts'
import { ask, onePolicy as policy } from './one-grant.ts'

describe('what a refused caller is told', () => {
  const refused = ask(policy(), { ref: 'refs/heads/MAIN' })
  const told = (explain: 'none' | 'attributes' | 'rules'): unknown =>
    refused.outcome === 'refuse' ? toldToCaller(refused, { explain }) : undefined

  test('is nothing, its own facts, or also what the rule wanted', () => {
    const own = { rule: 'deploy/0', attribute: 'ref', seen: 'refs/heads/MAIN', hint: 'only the letter case differs' }
    expect(told('none')).toEqual({ reasons: [] })
    expect(told('attributes')).toEqual({ reasons: [own] })
    expect(told('rules')).toEqual({ reasons: [{ ...own, expected: ['refs/heads/main'] }] })
  })

  test('is never what another workload is, however much may be told', () => {
    const stranger = ask(policy(), { repository: 'acme/other', repository_id: '3' })
    expect(stranger.outcome).toBe('refuse')
    if (stranger.outcome !== 'refuse') return
    expect(JSON.stringify(toldToCaller(stranger, { explain: 'rules' }))).not.toMatch(/acme\/docs|1217768983|expected/)
  })

  test('is a hint for an unknown grant, unless nothing is told', () => {
    const unknown = ask(policy(), {}, 'deply')
    expect(unknown.outcome).toBe('refuse')
    if (unknown.outcome !== 'refuse') return
    expect(toldToCaller(unknown, { explain: 'attributes' })).toEqual({ reasons: [], hint: 'deploy' })
    expect(toldToCaller(unknown, { explain: 'none' })).toEqual({ reasons: [] })
  })

  test('is never very long', () => {
    const rules = Array.from({ length: 500 }, (_, index) => ({ workload: 'docs', ref: `refs/heads/b${index}` }))
    const grants = { deploy: { purpose: 'p', owner: 't', connection: 'api', scope: { scopes: ['a'] }, ttl: '10m', allow: rules } }
    const decision = ask(policy({ more: { grants } }))
    expect(decision.outcome === 'refuse' && decision.reasons.length).toBe(500)
    expect(decision.outcome === 'refuse' && toldToCaller(decision, { explain: 'rules' }).reasons.length).toBe(20)
  })
})
