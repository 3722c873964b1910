/** The jobs of the docs repository: one on main that is served, one on a feature branch that is not, and a stolen ID token. */
import * as z from 'zod'
import { claimMasked, type OpenedJob, openJob } from './jobs.ts'
import { becomeJob, type DemoBroker, exchange, idToken, revoke } from './local-broker.ts'
import { chapter, claim, quote, say } from './story.ts'

const GRANT = 'call-internal-api'

export async function jobOnMain(broker: DemoBroker, serviceUrl: string): Promise<OpenedJob> {
  chapter('A job on main of acme/docs publishes pages')
  say(`uses: the built action, with grant ${GRANT}`)
  const job = await openJob(broker, 'publish', GRANT, { repository: 'acme/docs', ref: 'refs/heads/main', run_id: '101' })
  const { main } = job.running
  claim(main.code === 0, 'the step succeeds: the broker gave a JWT for this job alone', main.log)
  const token = main.outputs.get('token') ?? ''
  claimMasked(main, [token, main.outputs.get('credential') ?? ''])
  const answer = await call(serviceUrl, token)
  quote(JSON.stringify(answer.body))
  const { by, lease } = z.looseObject({ by: z.string().optional(), lease: z.string().optional() }).parse(answer.body)
  claim(
    answer.status === 200 && by === 'workload:docs-site',
    "the service verified it with the broker's public keys and let the job in",
    answer,
  )
  claim(lease === main.outputs.get('lease'), 'both know it by the same lease id', lease)
  const tampered = await call(serviceUrl, `${token.slice(0, -8)}AAAAAAAA`)
  claim(tampered.status === 401, 'a token with another signature stays outside', tampered)
  return job
}

async function call(url: string, token: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${token}` } })
  return { status: response.status, body: await response.json() }
}

export async function refusedJob(broker: DemoBroker): Promise<void> {
  chapter('The same job on a feature branch')
  const job = await openJob(broker, 'publish', GRANT, { repository: 'acme/docs', ref: 'refs/heads/feature', run_id: '103' })
  const { main } = job.running
  claim(main.code !== 0 && main.outputs.size === 0, 'is refused, and the step fails', main.log)
  claim(
    main.log.includes('refs/heads/feature') && /\bref\b/.test(main.log),
    'and the message says which fact about this run did not fit: ref',
    main.log,
  )
  claim(/[0-9a-f]{32}/.test(main.log), 'with a decision id to quote', main.log)
  await job.running.end()
}

export async function replayedToken(broker: DemoBroker): Promise<void> {
  chapter('Somebody copies an ID token out of a job and sends it again')
  await becomeJob(broker, { repository: 'acme/docs', ref: 'refs/heads/main', run_id: '104' })
  const stolen = await idToken(broker)
  const first = await exchange(broker, GRANT, stolen)
  claim(first.status === 200, 'the job itself was served with it', first)
  const second = await exchange(broker, GRANT, stolen)
  quote(JSON.stringify(second.body))
  claim(second.status === 400 && second.body.code === 'token_replayed', 'the copy is refused: a token is good for one exchange', second)
  const returned = await revoke(broker, String(first.body.access_token))
  claim(returned === 200, "the job's credential was given back", returned)
}
