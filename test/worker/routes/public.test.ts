/** What anyone may read: metadata, keys, CAs, health. Nothing of a policy but what must be public, and never a 500. */
import { env } from 'cloudflare:workers'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { answerOf, exchange, makeWorld, ORIGIN, startIsolate } from '../harness.ts'
import { withSection } from '../policies.ts'

const unreachable = {
  policyStore: () => new Proxy(env.POLICY_STORE.getByName('policy'), { get: () => () => Promise.reject(new Error('down')) }),
}

const keySet = z.looseObject({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string(), use: z.literal('sig') })) })

describe('the metadata', () => {
  it.each(['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'])(
    'at %s names the endpoints of this origin',
    async (path) => {
      const { isolate } = await makeWorld()
      const { status, body, headers } = await answerOf(await isolate.fetch(path))
      expect([status, headers.get('content-type')]).toEqual([200, 'application/json'])
      expect(body).toMatchObject({
        issuer: ORIGIN,
        token_endpoint: `${ORIGIN}/token`,
        jwks_uri: `${ORIGIN}/.well-known/jwks.json`,
        grant_types_supported: ['urn:ietf:params:oauth:grant-type:token-exchange'],
      })
    },
  )

  it('does not change with the host that was asked', async () => {
    const { isolate } = await makeWorld()
    const { body } = await answerOf(
      await isolate.fetch('/.well-known/openid-configuration', { headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } }),
    )
    expect(JSON.stringify(body)).not.toContain('evil')
  })
})

describe('the keys', () => {
  it('verify what the broker signed, and hold no private half', async () => {
    const world = await makeWorld()
    const { body, text } = await answerOf(await world.isolate.fetch('/.well-known/jwks.json'))
    const { keys } = keySet.parse(body)
    expect(text).not.toMatch(/"(d|p|q|dp|dq|qi|k)":/)
    const drawn = await exchange(world)
    const { payload, protectedHeader } = await jwtVerify(String(drawn.body.access_token), createLocalJWKSet({ keys }), {
      issuer: ORIGIN,
      audience: 'https://api.acme.example',
      typ: 'at+jwt',
    })
    expect([payload.jti, payload.sub, payload.client_id]).toEqual([drawn.body.lease_id, 'workload:docs', 'docs'])
    expect(payload.ci).toMatchObject({ repository_id: '1217768983', run_id: '24766983965', event_name: 'push' })
    expect(protectedHeader.alg).toBe('ES256')
  })
})

describe('a CA', () => {
  it('is told for an ssh-cert connection and for nothing else', async () => {
    const { isolate } = await makeWorld()
    const line = await (await isolate.fetch('/.well-known/ssh-ca/hosts')).text()
    expect(line).toMatch(/^(ssh-ed25519 [A-Za-z0-9+/=]+ hosts\n){2}$/)
    for (const name of ['api', 'app', 'nobody', '@checkpoint', '%40checkpoint', '__proto__', 'constructor']) {
      expect((await isolate.fetch(`/.well-known/ssh-ca/${name}`)).status).toBe(404)
    }
  })

  it('is not denied but put off while the policy store cannot be reached', async () => {
    await makeWorld()
    const answer = await startIsolate(unreachable).fetch('/.well-known/ssh-ca/hosts')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5'])
  })
})

describe('an exchange whose secret is not set', () => {
  it('is 503 upstream_unavailable and names no binding', async () => {
    const world = await makeWorld((policy, owner) =>
      withSection(policy, 'connections', {
        app: {
          kind: 'github-app',
          owner: 'x',
          app_id: '1',
          account: owner.name,
          installation_id: '1',
          private_key: { secret: 'UPSTREAM_NOT_SET' },
        },
      }),
    )
    const answer = await exchange(world, { grant: 'write-docs' })
    expect([answer.status, answer.body.code, answer.text.includes('UPSTREAM')]).toEqual([503, 'upstream_unavailable', false])
  })
})

describe('a fault', () => {
  it('is told without detail and logged without its message', async () => {
    const { keys } = startIsolate().deps
    const broken = startIsolate({ keys: new Proxy(keys, { get: () => () => Promise.reject(new Error('secret words')) }) })
    const answer = await answerOf(await broken.fetch('/.well-known/jwks.json'))
    expect(answer.status).toBe(500)
    expect(answer.body).toEqual({ error: 'server_error', error_description: expect.any(String), decision_id: expect.any(String) })
    expect(broken.log.map(({ event, decision }) => [event, decision])).toEqual([['fault', String(answer.body.decision_id)]])
    expect(JSON.stringify([answer.text, broken.log])).not.toContain('secret words')
  })
})
