/** Freeze and publish against a real process under 16 connections: what is asked after the call has returned is decided under the new state, without one exception. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { JsonObject } from '../../shared/json.ts'
import { OWNERS, type Stage, setStage, soakPolicy } from '../soak/stage.ts'

const CONNECTIONS = 16
const ASKS_ON_EACH_SIDE = 400

let stage: Stage

beforeAll(async () => {
  stage = await setStage()
})

afterAll(async () => {
  await stage[Symbol.asyncDispose]()
})

const answer = z.looseObject({ code: z.string().optional(), policy: z.string().optional() })

interface Exchanged extends z.infer<typeof answer> {
  readonly status: number
  /** The call had returned when this was asked. */
  readonly isAfter: boolean
}

async function exchange(index: number, isAfter: boolean): Promise<Exchanged> {
  const owner = OWNERS[index % OWNERS.length] ?? { name: '', id: '' }
  const repository = `${owner.name}/docs`
  const workflow = `${repository}/.github/workflows/ci.yml@refs/heads/main`
  const claims = { repository, repository_owner: owner.name, repository_owner_id: owner.id, workflow_ref: workflow, sub: 'x' }
  const body = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: stage.press.makeOne(claims),
    subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    audience: index % 4 === 0 ? `read-${owner.name}` : 'call-api',
  })
  const response = await fetch(`${stage.origin}/token`, { method: 'POST', body })
  return { isAfter, status: response.status, ...answer.parse(await response.json()) }
}

/** Asks over all connections, makes the call in the middle, and goes on. */
async function aroundCall(call: () => Promise<void>): Promise<{ before: Exchanged[]; after: Exchanged[] }> {
  const exchanged: Exchanged[] = []
  let asked = 0
  let hasReturned = false
  const count = (isAfter: boolean): number => exchanged.filter((one) => one.isAfter === isAfter).length
  const serve = async (): Promise<void> => {
    while (count(true) < ASKS_ON_EACH_SIDE) {
      exchanged.push(await exchange(asked++, hasReturned))
    }
  }
  const serving = Promise.all(Array.from({ length: CONNECTIONS }, serve))
  while (count(false) < ASKS_ON_EACH_SIDE) await new Promise((resolve) => setTimeout(resolve, 5))
  await call()
  hasReturned = true
  await serving
  return { before: exchanged.filter(({ isAfter }) => !isAfter), after: exchanged.filter(({ isAfter }) => isAfter) }
}

async function freezes(method: 'PUT' | 'DELETE', target: JsonObject): Promise<void> {
  const response = await stage.asRole('operator', '/freezes', { method, body: JSON.stringify(target) })
  expect(response.status, await response.text()).toBe(200)
}

describe('under load', () => {
  test('not one exchange asked after a freeze has returned succeeds', { timeout: 60_000 }, async () => {
    const { before, after } = await aroundCall(() => freezes('PUT', { target: 'all', reason: 'drill' }))
    expect(before.filter(({ status }) => status === 200).length).toBeGreaterThan(ASKS_ON_EACH_SIDE / 2)
    expect(after.filter(({ code }) => code !== 'frozen')).toEqual([])
    await freezes('DELETE', { target: 'all' })
  })

  test('not one exchange asked after a publish has returned is decided under the old policy', { timeout: 60_000 }, async () => {
    const old = (await stage.asRole('auditor', '/policy')).headers.get('etag')?.replaceAll('"', '')
    const { before, after } = await aroundCall(
      async () => void (await stage.publish(soakPolicy(stage.press.jwk, stage.upstream, { settings: { max_ttl: '5s' } }))),
    )
    expect(new Set(before.map(({ policy }) => policy))).toContain(old)
    const now = (await stage.asRole('auditor', '/policy')).headers.get('etag')?.replaceAll('"', '')
    expect(now).not.toBe(old)
    const succeeded = after.filter(({ status }) => status === 200)
    expect(succeeded).toHaveLength(after.length)
    expect(new Set(succeeded.map(({ policy }) => policy))).toEqual(new Set([now]))
  })
})
