/** A configuration that is wrong stops the start, and the person who deploys is told everything that is wrong with it, without a value. */
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../worker/env.ts'
import { PUBLISHED_BEFORE_USE } from '../../worker/state/keyring-schedule.ts'

const SEALING_KEY = Buffer.alloc(32, 7).toString('base64')
const authority = { issuer: 'https://token.actions.githubusercontent.com', is: { repository: 'acme/policy', repository_owner_id: '1' } }
const good = { BROKER_ORIGIN: 'https://jobpass.example.com', AUTHORITIES: JSON.stringify({ publishers: [authority] }), SEALING_KEY }

function problemsOf(env: object): string {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof Error) return error.message
  }
  return ''
}

const authorities = (changes: object): object => ({ ...good, AUTHORITIES: { publishers: [{ ...authority, ...changes }] } })

const ACCESS = { team: 'https://acme.cloudflareaccess.com', aud: 'a1'.repeat(32) }
const person = (changes: object, is: object = { email: 'a@acme.example' }): object => ({
  ...good,
  AUTHORITIES: { operators: [{ access: { ...ACCESS, ...changes }, is }] },
})

describe('a configuration', () => {
  it('that is right is read, as JSON text or as an object', () => {
    expect(readConfig(good)).toMatchObject({ origin: 'https://jobpass.example.com', isLoopback: false, devIssuerKeys: undefined })
    expect(readConfig({ ...good, AUTHORITIES: { publishers: [authority] } }).authorities.publisher).toHaveLength(1)
    expect(readConfig({ ...good, BROKER_ORIGIN: 'http://127.0.0.1:8787' }).isLoopback).toBe(true)
    const forge = { platform: 'gitlab', issuer: 'https://gitlab.com', is: { project_id: '46573356' } }
    expect(readConfig(authorities(forge)).authorities.publisher).toMatchObject([{ platform: { name: 'gitlab' } }])
  })

  it('names people by team, application and address', () => {
    const { people, authorities: pipelines } = readConfig(person({}, { email: ['Jane@Acme.example', 'b@acme.example'] }))
    expect(people.operator).toEqual([{ team: ACCESS.team, audience: ACCESS.aud, emails: new Set(['jane@acme.example', 'b@acme.example']) }])
    expect([people.publisher, people.auditor, pipelines.operator]).toEqual([[], [], []])
  })

  it('without a sink ships nothing, and with one within half a minute', () => {
    expect(readConfig(good).sinks).toEqual({ url: undefined, archive: false, queue: false, delay: 30, archiveAfter: 900 })
    const loopback = { ...good, BROKER_ORIGIN: 'http://127.0.0.1:8787', SINK_URL: 'http://127.0.0.1:9/x', SINK_DELAY: '5s' }
    expect(readConfig(loopback).sinks).toMatchObject({ url: 'http://127.0.0.1:9/x', delay: 5 })
  })

  it.each<[string, object, string]>([
    ['no origin', { ...good, BROKER_ORIGIN: undefined }, 'BROKER_ORIGIN'],
    ['an origin with a path', { ...good, BROKER_ORIGIN: 'https://jobpass.example.com/x' }, 'BROKER_ORIGIN'],
    ['an origin with a slash', { ...good, BROKER_ORIGIN: 'https://jobpass.example.com/' }, 'BROKER_ORIGIN'],
    ['an origin over http', { ...good, BROKER_ORIGIN: 'http://jobpass.example.com' }, 'BROKER_ORIGIN'],
    ['an origin that only looks like loopback', { ...good, BROKER_ORIGIN: 'http://127.0.0.1.evil.example' }, 'BROKER_ORIGIN'],
    ['no sealing key', { ...good, SEALING_KEY: undefined }, 'SEALING_KEY'],
    ['a sealing key of 16 bytes', { ...good, SEALING_KEY: Buffer.alloc(16).toString('base64') }, 'SEALING_KEY'],
    ['a sealing key of 33 bytes', { ...good, SEALING_KEY: Buffer.alloc(33).toString('base64') }, 'SEALING_KEY'],
    ['a sealing key that is no base64', { ...good, SEALING_KEY: '*'.repeat(44) }, 'SEALING_KEY'],
    ['an empty previous sealing key', { ...good, SEALING_KEY_PREVIOUS: '' }, 'SEALING_KEY_PREVIOUS'],
    ['a webhook secret that can be guessed', { ...good, WEBHOOK_SECRET: 'secret' }, 'WEBHOOK_SECRET'],
    ['an empty webhook secret', { ...good, WEBHOOK_SECRET: '' }, 'WEBHOOK_SECRET'],
    [
      'an authority on GitLab by attributes of GitHub',
      authorities({ platform: 'gitlab' }),
      'publishers.0.is.repository: no attribute of platform gitlab',
    ],
    [
      'an authority on GitLab that is no project',
      authorities({ platform: 'gitlab', is: { ref: 'refs/heads/main' } }),
      'project_path or project_id must be stated',
    ],
    ['an authority on a platform there is not', authorities({ platform: 'circleci' }), 'platform'],
    ['authorities that are no JSON', { ...good, AUTHORITIES: '{' }, 'AUTHORITIES'],
    ['authorities with a role there is not', { ...good, AUTHORITIES: '{"admins":[]}' }, 'AUTHORITIES'],
    ['an authority without a repository', authorities({ is: { repository_owner_id: '1' } }), 'AUTHORITIES.publishers.0'],
    ['an authority without conditions', authorities({ is: {} }), 'AUTHORITIES.publishers.0'],
    ['an authority by an attribute there is not', authorities({ is: { repository: 'a/b', colour: 'red' } }), 'colour'],
    ['an authority over http', authorities({ issuer: 'http://ci.example' }), 'AUTHORITIES.publishers.0'],
    ['an authority of loopback on a broker that is not', authorities({ issuer: 'http://127.0.0.1:8788' }), 'AUTHORITIES.publishers.0'],
    ['an authority that is both a pipeline and a person', authorities({ access: ACCESS }), 'publishers.0.expected issuer'],
    ['an authority that is neither', authorities({ issuer: undefined }), 'publishers.0.expected issuer'],
    [
      'a person by another attribute',
      person({}, { email: 'a@acme.example', repository: 'a/b' }),
      'is.repository: a person is known by email',
    ],
    ['a person without an address', person({}, { repository: 'a/b' }), 'is: email must be stated'],
    ['everybody of a domain', person({}, { email: ['a@acme.example', '*@acme.example'] }), 'is.email: whole addresses'],
    ['a person by yes or no', person({}, { email: true }), 'is.email'],
    ['a team with a path', person({ team: 'https://acme.cloudflareaccess.com/' }), 'access.team'],
    ['a team over http', person({ team: 'http://acme.cloudflareaccess.com' }), 'access.team'],
    ['a team by its name', person({ team: 'acme' }), 'access.team'],
    ['an application by its name', person({ aud: 'jobpass' }), 'access.aud: the audience tag'],
    ['a member of Access there is not', person({ app: 'x' }), 'access'],
    ['a sink over http', { ...good, SINK_URL: 'http://siem.example/' }, 'SINK_URL'],
    ['a sink on loopback of a broker that is not', { ...good, SINK_URL: 'http://127.0.0.1:9/' }, 'SINK_URL'],
    ['notifications over http', { ...good, NOTIFY_URL: 'http://pager.example/' }, 'NOTIFY_URL'],
    ['notifications with a password in the URL', { ...good, NOTIFY_URL: 'https://user:secret@pager.example/' }, 'NOTIFY_URL'],
    ['a sink that is no URL', { ...good, SINK_URL: 'siem.example' }, 'SINK_URL'],
    ['a sink with a password in its URL', { ...good, SINK_URL: 'https://user:secret@siem.example/' }, 'SINK_URL'],
    ['a delay that is no duration', { ...good, SINK_DELAY: '30' }, 'SINK_DELAY'],
    ['an archive that waits for days', { ...good, ARCHIVE_AFTER: '2d' }, 'ARCHIVE_AFTER'],
    ['an archive that is no bucket', { ...good, ARCHIVE: 'my-bucket' }, 'ARCHIVE'],
    ['a queue that is no queue', { ...good, EVENTS: {} }, 'EVENTS'],
    [
      'issuer keys of dev on a broker that is not on loopback',
      { ...good, DEV_ISSUER_KEYS: 'http://127.0.0.1:8788/jwks' },
      'DEV_ISSUER_KEYS',
    ],
    ['a share of grants above all of them', { ...good, MAX_GRANTS_REMOVED: '101' }, 'MAX_GRANTS_REMOVED'],
    ['a share of grants that is no number', { ...good, MAX_GRANTS_REMOVED: '20%' }, 'MAX_GRANTS_REMOVED'],
    ['a share of grants below none', { ...good, MAX_GRANTS_REMOVED: '-1' }, 'MAX_GRANTS_REMOVED'],
    ['two people for an act there is not', { ...good, TWO_PERSON: 'thaw,freeze' }, 'TWO_PERSON'],
  ])('with %s is refused by name', (_name, env, name) => {
    expect(problemsOf(env)).toContain(name)
  })

  it('lets a fifth of the grants go and asks for no second person, unless it says otherwise', () => {
    expect([readConfig(good).maxGrantsRemoved, [...readConfig(good).twoPerson]]).toEqual([20, []])
    const { maxGrantsRemoved, twoPerson } = readConfig({ ...good, MAX_GRANTS_REMOVED: '0', TWO_PERSON: 'thaw, widen' })
    expect([maxGrantsRemoved, [...twoPerson]]).toEqual([0, ['thaw', 'widen']])
    expect(readConfig({ ...good, TWO_PERSON: '' }).twoPerson.size).toBe(0)
  })

  it('that is wrong in many ways is told all of them at once', () => {
    const problems = problemsOf({
      BROKER_ORIGIN: 'jobpass.example.com',
      AUTHORITIES: { publishers: [{ issuer: 'http://ci.example', is: { colour: 'red' } }], auditors: [{ issuer: 'x', is: {} }] },
      SEALING_KEY: 'short',
      SEALING_KEY_PREVIOUS: 'short',
      KEY_ROTATION: '1h',
      DEV_ISSUER_KEYS: 'keys',
    })
    for (const name of [
      'BROKER_ORIGIN',
      'SEALING_KEY:',
      'SEALING_KEY_PREVIOUS',
      'KEY_ROTATION',
      'DEV_ISSUER_KEYS',
      'AUTHORITIES.auditors.0',
    ])
      expect(problems).toContain(name)
  })

  it('tells mistakes of authorities beside mistakes of other bindings', () => {
    const problems = problemsOf({
      ...authorities({ issuer: 'http://ci.example', is: { repository: 'a/b', colour: 'red' } }),
      SEALING_KEY: 'short',
      DEV_ISSUER_KEYS: 'http://x/',
    })
    for (const name of ['SEALING_KEY', 'AUTHORITIES.publishers.0.is.colour', 'AUTHORITIES.publishers.0.issuer', 'DEV_ISSUER_KEYS'])
      expect(problems).toContain(name)
  })

  it('says what AUTHORITIES must look like when it is no JSON', () => {
    expect(problemsOf({ ...good, AUTHORITIES: '{' })).toContain('{"publishers":[…]')
  })

  it('is refused without a value of a secret in the words', () => {
    const secret = 'c2VjcmV0LXNlY3JldC1zZWNyZXQ'
    expect(problemsOf({ ...good, SEALING_KEY: secret, SEALING_KEY_PREVIOUS: secret })).not.toContain(secret)
  })
})

describe('a rotation', () => {
  it.each(['1d', '24h', '86400s', '1h', 'often', '30', '-2d', ''])('of %j is none', (KEY_ROTATION) => {
    expect(problemsOf({ ...good, KEY_ROTATION })).toContain('KEY_ROTATION: a duration of more than a day, such as 30d')
  })

  it('just long enough to publish the next key first is read, and the rest is left to the keyring', () => {
    expect(readConfig({ ...good, KEY_ROTATION: `${PUBLISHED_BEFORE_USE + 1}s` }).keyRotation).toBe(PUBLISHED_BEFORE_USE + 1)
    expect(problemsOf({ ...good, KEY_ROTATION: `${PUBLISHED_BEFORE_USE}s` })).toContain('KEY_ROTATION')
    expect(readConfig(good).keyRotation).toBeUndefined()
  })
})

describe('the secret of a connection', () => {
  const config = readConfig({ ...good, UPSTREAM_KEY: 'value', UPSTREAM_EMPTY: '', UPSTREAM_OBJECT: { a: 1 } })

  it('is a binding named UPSTREAM_, and no other binding of the broker', () => {
    expect(config.upstreamSecret('UPSTREAM_KEY')?.reveal()).toBe('value')
    for (const name of [
      'SEALING_KEY',
      'BROKER_ORIGIN',
      'AUTHORITIES',
      'UPSTREAM_EMPTY',
      'UPSTREAM_OBJECT',
      'UPSTREAM_NONE',
      'constructor',
      '__proto__',
      'toString',
      'upstream_key',
    ]) {
      expect(config.upstreamSecret(name)).toBeUndefined()
    }
  })

  it('does not show itself', () => {
    expect(`${JSON.stringify(config)} ${String(config.sealingKey)}`).not.toContain(SEALING_KEY)
  })
})
