/** Analytics Engine: a point of each exchange where there is a dataset, with no word in it that the policy does not have; nothing, and no failure, where there is none. */
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { buildDeps } from '../../worker/build-deps.ts'
import type { Dataset } from '../../worker/exchange-point.ts'
import { serveApp } from './app-upstream.ts'
import { exchange, type Isolate, makeWorld, startIsolate } from './harness.ts'

type Point = Parameters<Dataset['writeDataPoint']>[0]

function measured(writeDataPoint: Dataset['writeDataPoint']): Isolate {
  return startIsolate({ measure: buildDeps({ ...env, METRICS: { writeDataPoint } }).measure })
}

it('has outcome, code, grant and kind, how long it took, and how often a ledger was called', async () => {
  const world = await makeWorld()
  serveApp(world.outside)
  const points: Point[] = []
  const isolate = measured((point) => void points.push(point))
  await exchange(world, { isolate })
  await exchange(world, { isolate, grant: 'write-docs' })
  await exchange(world, { isolate, grant: 'deploy-hosts' })
  await exchange(world, { isolate, grant: 'planted-by-a-caller' })
  await exchange(world, { isolate, token: 'a.b.c', grant: 'call-api' })
  await exchange(world, { isolate, form: { grant_type: undefined } })
  expect(points.map(({ blobs, indexes, doubles }) => [...blobs, ...indexes, doubles.at(-1)])).toEqual([
    ['issued', '', 'call-api', 'jwt', 'call-api', 1],
    ['issued', '', 'write-docs', 'github-app', 'write-docs', 2],
    ['refused', 'request_malformed', 'deploy-hosts', 'ssh-cert', 'deploy-hosts', 1],
    ['refused', 'grant_refused', '', '', '', 1],
    ['refused', 'token_malformed', '', '', '', 0],
    ['refused', 'request_malformed', '', '', '', 0],
  ])
  expect(points.every(({ doubles: [took = -1] }) => took >= 0 && took < 10_000)).toBe(true)
})

it('fails no exchange when the platform does not take it', async () => {
  const world = await makeWorld()
  const isolate = measured(() => {
    throw new Error('too many')
  })
  expect((await exchange(world, { isolate })).status).toBe(200)
})
