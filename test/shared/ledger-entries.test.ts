/** The table of entries: what every row must keep to, and that a misfit is told by name. */
import { describe, expect, it } from 'vitest'
import { ASK_MEMBERS, ENTRIES, ENVELOPE, type EntryBody, isEntryType, misfits } from '../../shared/ledger-entries.ts'

const ENVELOPED = { v: 1, ledger: 'v1:x:1', seq: 1, at: '2026-11-22T02:00:00.000Z', prev: '0'.repeat(64), hash: 'f'.repeat(64) }

describe('the table of entries', () => {
  const withAsk = Object.entries(ENTRIES).filter(([, members]) => 'ask' in members)

  it('has types with an ask', () => expect(withAsk.map(([type]) => type)).toEqual(['opened', 'issued', 'refused']))

  it.each(withAsk)('lets no member of %s sort before ask, which the ledger puts in front as it is', (_, members) => {
    expect([...Object.keys(members), ...Object.keys(ENVELOPE).filter((name) => name !== 'hash')].sort()[0]).toBe('ask')
  })

  it.each(Object.entries(ENTRIES))('gives %s no member of the envelope', (_, members) => {
    expect(Object.keys(members).filter((name) => Object.hasOwn(ENVELOPE, name))).toEqual([])
  })

  it('knows no type by a name that objects have anyway', () => {
    expect(['constructor', '__proto__', 'toString'].map(isEntryType)).toEqual([false, false, false])
    expect(misfits({ ...ENVELOPED, type: 'constructor' })).toEqual(['no type "constructor" in version 1'])
  })
})

describe('a misfit', () => {
  const froze: EntryBody = { type: 'froze', target: 'all', by: 'someone' }

  it('is none of an entry that fits', () => expect(misfits({ ...ENVELOPED, ...froze })).toEqual([]))

  it('is told of everything that is wrong', () => {
    expect(misfits({ ...ENVELOPED, type: 'froze', by: 7, name: null, until: 'x' })).toEqual(
      expect.arrayContaining(['no member target', 'by is no text', 'name is no text', 'unknown member "until"']),
    )
  })

  it('is told of what is inside ask', () => {
    const refused = { type: 'refused', code: 'x', policy: `sha256:${'0'.repeat(64)}`, decision: 'd', issuer: 'i', grant: 'g', run_id: '1' }
    expect(misfits({ ...ENVELOPED, ...refused, ask: { attributes: {}, jti: 'j', job: '1' } })).toEqual([])
    expect(misfits({ ...ENVELOPED, ...refused, ask: { attributes: {}, jti: 'j', token: 'secret' } })).toEqual([
      'in ask: no member job',
      'in ask: unknown member "token"',
    ])
    expect(misfits({ ...ENVELOPED, ...refused })).toEqual(['no member ask'])
    expect(Object.keys(ASK_MEMBERS)).not.toContain('token')
  })
})

// @ts-expect-error: a member is forgotten
const forgotten: EntryBody = { type: 'published', policy: 'sha256:0', by: 'me' }
// @ts-expect-error: a member is invented
const invented: EntryBody = { type: 'published', policy: 'sha256:0', by: 'me', replaces: '*', color: 'red' }

it('a body that does not fit its type does not compile', () =>
  expect([forgotten, invented].map(({ type }) => type)).toEqual(['published', 'published']))
