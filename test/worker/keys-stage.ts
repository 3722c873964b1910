/** What tests of the broker's own keys do again and again: draw a credential and look at who signed it, act as an operator, read the public keys. */
import { env } from 'cloudflare:workers'
import { decodeProtectedHeader, type JSONWebKeySet } from 'jose'
import * as z from 'zod'
import type { JsonObject } from '../../shared/json.ts'
import { makeEd25519Key } from '../../worker/keys/key-pairs.ts'
import { ed25519Line } from '../../worker/keys/ssh-public-key.ts'
import { answerOf, asRole, exchange, type Isolate, type World } from './harness.ts'

export const keyring = () => env.KEYRING.getByName('keyring')

export const act = (world: World, path: string, body: JsonObject, isolate = world.isolate) =>
  asRole(world, 'operator', path, { method: 'POST', body: JSON.stringify(body) }, isolate)
export const rotate = (world: World, key: string, more: JsonObject = {}) => act(world, '/keys/rotate', { key, reason: 'drill', ...more })
export const revoke = (world: World, kid: string, isolate = world.isolate) => act(world, '/keys/revoke', { kid, reason: 'stolen' }, isolate)

const keysAnswer = z.object({
  keys: z.array(
    z.object({
      key: z.string(),
      kid: z.string(),
      algorithm: z.string(),
      phase: z.string(),
      since: z.iso.datetime(),
      until: z.iso.datetime().nullable(),
      age_days: z.int().nonnegative(),
      sealed_under: z.string(),
    }),
  ),
})

export async function keysOf(world: World) {
  return keysAnswer.parse((await asRole(world, 'auditor', '/keys')).body).keys
}

export async function kidOf(world: World, key: string, phase = 'current'): Promise<string> {
  return (await keysOf(world)).find((one) => one.key === key && one.phase === phase)?.kid ?? `no ${phase} ${key}`
}

export async function jwks(isolate: Isolate): Promise<JSONWebKeySet> {
  return z
    .looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) })
    .parse((await answerOf(await isolate.fetch('/.well-known/jwks.json'))).body)
}

/** The kid a token was signed with; fails on anything but a token. */
export async function draw(world: World, isolate = world.isolate): Promise<{ readonly token: string; readonly kid: string }> {
  const { status, body, text } = await exchange(world, { isolate })
  if (status !== 200) throw new Error(`the exchange failed: ${text}`)
  const token = String(body.access_token)
  return { token, kid: String(decodeProtectedHeader(token).kid) }
}

export async function certificate(world: World, isolate = world.isolate) {
  const line = ed25519Line((await makeEd25519Key()).publicKey, 'runner')
  const { status, body, text } = await exchange(world, { grant: 'deploy-hosts', form: { public_key: line }, isolate })
  if (status !== 200) throw new Error(`the exchange failed: ${text}`)
  return z
    .object({ ca: z.string() })
    .loose()
    .parse(JSON.parse(String(body.access_token)))
}

export async function authorityLines(isolate: Isolate): Promise<readonly string[]> {
  return (await (await isolate.fetch('/.well-known/ssh-ca/hosts')).text()).trimEnd().split('\n')
}
