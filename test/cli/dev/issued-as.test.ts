import { describe, expect, test } from 'vitest'
import { issuedAs } from '../../../cli/dev/issued-as.ts'

const LOCAL = 'http://127.0.0.1:8788'
const owners = [{ name: 'Acme', id: '65000001' }]
const github = { platform: 'github' as const, url: 'https://token.actions.githubusercontent.com', owners }

describe('what the local issuer takes from a policy', () => {
  test('is the first issuer it can stand in for: not one on loopback, not one with its own keys', () => {
    const policy = {
      issuers: {
        fixed: { ...github, url: 'https://fixed.example', jwks: { keys: [{ kty: 'RSA' }] } },
        local: { ...github, url: 'http://127.0.0.1:9999' },
        other: github,
      },
      workloads: {},
    }
    expect(issuedAs(policy, LOCAL).iss).toBe(github.url)
    expect(issuedAs({ issuers: { local: { ...github, url: 'http://localhost:1' } }, workloads: {} }, LOCAL).iss).toBe(LOCAL)
  })

  test('is the ids that the policy pins to names; a pattern or a list is no name', () => {
    const workload = (is: Record<string, unknown>) => ({ issuer: 'github', is, owner: 'team' })
    const { ids } = issuedAs(
      {
        issuers: { github },
        workloads: {
          one: workload({ repository: 'Acme/Docs', repository_id: '7' }),
          listed: workload({ repository: ['acme/web'], repository_id: ['8'] }),
          many: workload({ repository: 'acme/*', repository_id: ['9', '10'] }),
          nameless: workload({ repository_id: '11' }),
        },
      },
      LOCAL,
    ).jobsOf(github.url)
    expect(Object.fromEntries(ids.owners)).toEqual({ acme: '65000001' })
    expect(Object.fromEntries(ids.repositories)).toEqual({ 'acme/docs': '7', 'acme/web': '8' })
  })
})
