/** The pure half of `ssh-cert`: what a policy may write, and that an ask can only take away. */
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coversAll, parseCidr } from '../../../shared/kinds/address.ts'
import { type SourceAddress, SSH_EXTENSIONS, type SshCertAsked, type SshCertScope, sshCert } from '../../../shared/kinds/ssh-cert.ts'

describe('the scope of an ssh-cert grant', () => {
  it.each([
    { principals: ['deploy'] },
    { principals: ['ci:acme/docs:production', 'deploy@web'] },
    { principals: ['deploy'], force_command: '/usr/local/bin/deploy --now "$SSH_ORIGINAL_COMMAND"' },
    { principals: ['deploy'], source_address: 'caller' },
    { principals: ['deploy'], source_address: ['192.0.2.0/24', '2001:db8::/32', '198.51.100.7'] },
    { principals: ['deploy'], extensions: [...SSH_EXTENSIONS] },
  ])('takes %j', (scope) => {
    expect(sshCert.scope.parse(scope)).toEqual(scope)
  })

  it.each([
    ['no principals', {}],
    ['an empty list of principals', { principals: [] }],
    ['an empty principal', { principals: [''] }],
    ['a principal with a comma', { principals: ['deploy,root'] }],
    ['a principal with a space', { principals: ['deploy root'] }],
    ['a principal with a line break', { principals: ['deploy\nroot'] }],
    ['a principal that looks like a pattern', { principals: ['*'] }],
    ['an empty command', { principals: ['a'], force_command: '' }],
    ['a command of nothing but space', { principals: ['a'], force_command: '   ' }],
    ['a command of two lines', { principals: ['a'], force_command: 'true\nrm -rf /' }],
    ['a command with a zero byte', { principals: ['a'], force_command: 'true\0' }],
    ['an empty list of addresses', { principals: ['a'], source_address: [] }],
    ['another word for addresses', { principals: ['a'], source_address: 'all' }],
    ['bits below the mask', { principals: ['a'], source_address: ['10.0.0.1/8'] }],
    ['several ranges in one text', { principals: ['a'], source_address: ['10.0.0.0/8,0.0.0.0/0'] }],
    ['an empty list of extensions', { principals: ['a'], extensions: [] }],
    ['an extension OpenSSH does not have', { principals: ['a'], extensions: ['permit-everything'] }],
    ['an unknown member', { principals: ['a'], force_comand: 'true' }],
    ['null', { principals: null }],
  ])('refuses %s', (_what, scope) => {
    expect(sshCert.scope.safeParse(scope).success).toBe(false)
  })

  it('refuses an ask that is empty, or empty in a part', () => {
    for (const asked of [{}, { principals: [] }, { extensions: [] }, { source_address: [] }, { force_command: '' }]) {
      expect(sshCert.asked.safeParse(asked).success).toBe(false)
    }
    expect(sshCert.asked.parse({ force_command: 'true' })).toEqual({ force_command: 'true' })
  })

  it('has a CA of one sort', () => {
    expect(sshCert.connection.safeParse({ ca: 'ed25519' }).success).toBe(true)
    expect(sshCert.connection.safeParse({ ca: 'rsa' }).success).toBe(false)
    expect(sshCert.connection.safeParse({ ca: 'ed25519', private_key: { secret: 'UPSTREAM_X' } }).success).toBe(false)
  })
})

describe('narrowing an ssh-cert scope', () => {
  const scope: SshCertScope = {
    principals: ['deploy', 'logs'],
    source_address: ['10.0.0.0/8', '2001:db8::/32'],
    extensions: ['permit-pty', 'permit-port-forwarding'],
  }

  it.each<[string, SshCertScope, SshCertAsked, SshCertScope]>([
    ['fewer principals', scope, { principals: ['logs'] }, { ...scope, principals: ['logs'] }],
    ['fewer extensions', scope, { extensions: ['permit-pty'] }, { ...scope, extensions: ['permit-pty'] }],
    ['a smaller range', scope, { source_address: ['10.1.0.0/16'] }, { ...scope, source_address: ['10.1.0.0/16'] }],
    ['a command where there is none', scope, { force_command: 'uptime' }, { ...scope, force_command: 'uptime' }],
    [
      'the very command of the scope',
      { principals: ['a'], force_command: 'x' },
      { force_command: 'x' },
      { principals: ['a'], force_command: 'x' },
    ],
    [
      'an address where there is none',
      { principals: ['a'] },
      { source_address: 'caller' },
      { principals: ['a'], source_address: 'caller' },
    ],
    [
      'the caller again',
      { principals: ['a'], source_address: 'caller' },
      { source_address: 'caller' },
      { principals: ['a'], source_address: 'caller' },
    ],
  ])('gives %s', (_what, granted, asked, narrowed) => {
    expect(sshCert.narrow(granted, asked)).toEqual({ ok: true, value: narrowed })
  })

  it.each<[string, SshCertScope, SshCertAsked, { field: string; asked: string }]>([
    ['another principal', scope, { principals: ['logs', 'root'] }, { field: 'principals', asked: 'root' }],
    ['another extension', scope, { extensions: ['permit-user-rc'] }, { field: 'extensions', asked: 'permit-user-rc' }],
    [
      'an extension where there is none',
      { principals: ['a'] },
      { extensions: ['permit-pty'] },
      { field: 'extensions', asked: 'permit-pty' },
    ],
    ['a larger range', scope, { source_address: ['10.1.0.0/16', '0.0.0.0/0'] }, { field: 'source_address', asked: '0.0.0.0/0' }],
    ['the caller where ranges are listed', scope, { source_address: 'caller' }, { field: 'source_address', asked: 'caller' }],
    [
      'ranges where the caller is meant',
      { principals: ['a'], source_address: 'caller' },
      { source_address: ['10.0.0.0/8'] },
      { field: 'source_address', asked: '10.0.0.0/8' },
    ],
    ['another command', { principals: ['a'], force_command: 'x' }, { force_command: 'sh' }, { field: 'force_command', asked: 'sh' }],
  ])('refuses %s, and says which', (_what, granted, asked, error) => {
    expect(sshCert.narrow(granted, asked)).toEqual({ ok: false, error })
  })
})

const principals = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 4 })
const ranges = fc.array(
  fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '10.1.1.0/24', '10.0.0.0/9', '10.128.0.0/9', '::/0', 'fe80::/10', '0.0.0.0/0'),
  {
    minLength: 1,
    maxLength: 3,
  },
)
const optional = {
  force_command: fc.constantFrom('uptime', 'deploy'),
  source_address: fc.oneof(fc.constant('caller' as const), ranges),
  extensions: fc.array(fc.constantFrom(...SSH_EXTENSIONS), { minLength: 1, maxLength: 6 }),
}
const scopes: fc.Arbitrary<SshCertScope> = fc.record({ principals, ...optional }, { requiredKeys: ['principals'] })
const asks: fc.Arbitrary<SshCertAsked> = fc.record({ principals, ...optional }, { requiredKeys: [] })

/** The ask read as a scope: what was not mentioned is not limited by it. */
function allowedBy(asked: SshCertAsked, scope: SshCertScope): SshCertScope {
  return { ...scope, ...asked }
}

function addressesStayInside(granted: SourceAddress | undefined, narrowed: SourceAddress | undefined): boolean {
  if (granted === undefined || granted === 'caller') return granted === undefined || narrowed === 'caller'
  if (narrowed === undefined || narrowed === 'caller') return false
  const listed = (texts: readonly string[]) => texts.map(parseCidr).filter((range) => range !== undefined)
  return coversAll(listed(granted), listed(narrowed))
}

describe('the law of narrowing, for ssh-cert', () => {
  it('is never wider than the scope and never wider than the ask', () => {
    fc.assert(
      fc.property(scopes, asks, (scope, asked) => {
        const narrowed = sshCert.narrow(scope, asked)
        if (!narrowed.ok) return
        expect(['same', 'narrower']).toContain(sshCert.compare(scope, narrowed.value))
        expect(['same', 'narrower']).toContain(sshCert.compare(allowedBy(asked, scope), narrowed.value))
      }),
      { numRuns: 2000 },
    )
  })

  it('never loses what holds a certificate back, and never ends without principals', () => {
    fc.assert(
      fc.property(scopes, asks, (scope, asked) => {
        const narrowed = sshCert.narrow(scope, asked)
        if (!narrowed.ok) return
        const { value } = narrowed
        expect(value.principals.length).toBeGreaterThan(0)
        expect(value.principals.every((name) => scope.principals.includes(name))).toBe(true)
        expect((value.extensions ?? []).every((name) => scope.extensions?.includes(name))).toBe(true)
        expect(value.force_command).toBe(scope.force_command ?? asked.force_command)
        expect(addressesStayInside(scope.source_address, value.source_address)).toBe(true)
        expect(sshCert.scope.safeParse(value).success).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  it('accepts an ask for all of the scope, and gives all of it', () => {
    fc.assert(
      fc.property(scopes, (scope) => {
        const narrowed = sshCert.narrow(scope, scope)
        expect(narrowed.ok && sshCert.compare(scope, narrowed.value)).toBe('same')
      }),
    )
  })
})

describe('the comparison of two ssh-cert scopes', () => {
  it.each<[string, SshCertScope, SshCertScope]>([
    ['same', { principals: ['a', 'b'] }, { principals: ['b', 'a'] }],
    ['same', { principals: ['a'], source_address: ['10.0.0.0/8'] }, { principals: ['a'], source_address: ['10.0.0.0/9', '10.128.0.0/9'] }],
    ['wider', { principals: ['a'] }, { principals: ['a', 'b'] }],
    ['wider', { principals: ['a'], force_command: 'x' }, { principals: ['a'] }],
    ['wider', { principals: ['a'], source_address: 'caller' }, { principals: ['a'] }],
    ['wider', { principals: ['a'] }, { principals: ['a'], extensions: ['permit-pty'] }],
    ['narrower', { principals: ['a'] }, { principals: ['a'], source_address: ['0.0.0.0/0'] }],
    ['narrower', { principals: ['a'] }, { principals: ['a'], force_command: 'x' }],
    ['other', { principals: ['a'], force_command: 'x' }, { principals: ['a'], force_command: 'y' }],
    ['other', { principals: ['a'], source_address: 'caller' }, { principals: ['a'], source_address: ['10.0.0.0/8'] }],
    ['other', { principals: ['a'] }, { principals: ['a', 'b'], force_command: 'x' }],
  ])('is %s from %j to %j', (expected, base, head) => {
    expect(sshCert.compare(base, head)).toBe(expected)
  })

  it('is turned round when its sides are', () => {
    const turned = { same: 'same', other: 'other', wider: 'narrower', narrower: 'wider' }
    fc.assert(fc.property(scopes, scopes, (a, b) => sshCert.compare(b, a) === turned[sshCert.compare(a, b)]))
  })
})

it('the summary says what the certificate is good for, in one line', () => {
  expect(sshCert.summary({ principals: ['deploy'] })).toBe('principals deploy · no extensions')
  expect(sshCert.summary({ principals: ['a', 'b'], force_command: 'up', source_address: 'caller', extensions: ['permit-pty'] })).toBe(
    'principals a, b · only runs up · from the caller · extensions permit-pty',
  )
})
