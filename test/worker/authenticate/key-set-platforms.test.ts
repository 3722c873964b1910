/** One issuer under two platforms, as a policy could name the issuer of the authorities: neither reads the keys of the other. */
import { describe, expect, it } from 'vitest'
import { github as githubPlatform } from '../../../shared/platforms/github.ts'
import { findKey } from '../../../worker/authenticate/key-sets.ts'
import { startIsolate } from '../harness.ts'
import { makeIssuer } from '../issuer.ts'
import { outside } from '../outside.ts'
import { GITHUB } from '../policies.ts'

describe('the keys of an issuer', () => {
  it('are kept for each platform that reads them, so one that finds none does not cost the other its own', async () => {
    const { jwk } = await makeIssuer(GITHUB, 'key-1')
    outside().answer(GITHUB, (request) =>
      new URL(request.url).pathname === githubPlatform.keySetPath ? Response.json({ keys: [jwk] }) : new Response('', { status: 500 }),
    )
    const { deps } = startIsolate()
    const trusted = { name: 'x', url: GITHUB, platform: githubPlatform, audience: 'x', maxAge: 300 }
    const elsewhere = { ...trusted, platform: { ...githubPlatform, name: 'gitlab' as const, keySetPath: '/.well-known/other' } }
    expect(await findKey(elsewhere, 'key-1', deps)).toEqual({ ok: false, error: 'keys_unavailable' })
    expect(await findKey(trusted, 'key-1', deps)).toMatchObject({ ok: true })
    expect(await findKey(elsewhere, 'key-1', deps)).toEqual({ ok: false, error: 'keys_unavailable' })
  })
})
