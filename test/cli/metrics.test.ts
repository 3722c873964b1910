/** `jobpass metrics` against brokers that answer well, badly, and not at all. What it prints of a whole broker is in test/cli/runbooks.test.ts. */
import { afterEach, expect, test, vi } from 'vitest'
import { metricsCommand } from '../../cli/commands/metrics.ts'
import { brokerThatSays, json, type Reply, run, type Stage } from './operator-stage.ts'

const TEXT = '# HELP jobpass_info The version.\n# TYPE jobpass_info gauge\njobpass_info{version="0"} 1\n'

const text =
  (body: string): Reply =>
  (response) =>
    void response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(body)

let stage: Stage | undefined

afterEach(() => {
  stage?.close()
  vi.unstubAllEnvs()
})

test('prints what the broker answers, as it is, with a fresh token for each call', async () => {
  stage = await brokerThatSays(text(TEXT))
  for (const token of ['token-1', 'token-2']) {
    expect(await run(metricsCommand, ['--broker', stage.broker])).toEqual({ code: 0, out: TEXT, errors: '' })
    expect(stage.asked.at(-1)).toMatchObject({ method: 'GET', path: '/metrics', bearer: `Bearer ${token}` })
  }
})

test.each([
  ['a proxy that says hello', text('<html>'), 2, 'does not answer as a broker does'],
  ['a broker that is older', json(404, { title: 'No such endpoint' }), 4, 'No such endpoint'],
  [
    'a role that is another',
    json(403, { title: 'Not allowed', detail: 'This takes the role auditor.' }),
    4,
    'This takes the role auditor.',
  ],
  ['a store that is away', json(503, { title: 'The policy store cannot be reached' }), 2, 'The policy store cannot be reached'],
] as const)('prints nothing for %s', async (_, reply, code, said) => {
  stage = await brokerThatSays(reply)
  const ran = await run(metricsCommand, ['--broker', stage.broker])
  expect([ran.code, ran.out]).toEqual([code, ''])
  expect(ran.errors).toContain(said)
})

test.each([[[]], [['--broker', 'http://example.com']], [['--broker', 'https://a.example', '--format', 'json']]])(
  'says what is wrong with %j',
  async (args) => {
    const ran = await run(metricsCommand, args)
    expect([ran.code, ran.out]).toEqual([2, ''])
    expect(ran.errors).toMatch(/^jobpass metrics: /)
  },
)
