/** One request to an authority endpoint: with a fresh ID token of this job, because a broker takes each only once. Anything but success is lines for a person. */
import { err, ok, type Result } from '../shared/result.ts'
import { type BrokerAnswer, type BrokerRequest, brokerOrigin, callBroker } from './broker.ts'
import { type CommandIo, EXIT } from './command.ts'
import { runnerIdTokens } from './id-token.ts'
import { type NotDone, notDone } from './publishing.ts'

export interface AuthorityCall {
  /** The broker's origin, which is the `aud` of the token unless `audience` says otherwise. */
  readonly broker: string
  readonly audience: string | undefined
  readonly path: string
  readonly method?: NonNullable<BrokerRequest['method']>
}

export async function askAsAuthority({ broker, audience, path, method }: AuthorityCall): Promise<Result<BrokerAnswer, NotDone>> {
  const origin = brokerOrigin(broker)
  if (!origin.ok) return err({ by: 'nobody', lines: [origin.error] })
  const token = await runnerIdTokens(process.env)(audience ?? origin.value)
  if (!token.ok) return err({ by: 'nobody', lines: [token.error] })
  const headers = { authorization: `Bearer ${token.value}` }
  const answer = await callBroker(origin.value, path, { headers, ...(method === undefined ? {} : { method }) })
  if (!answer.ok) return err({ by: 'nobody', lines: [answer.error] })
  return answer.value.status === 200 ? ok(answer.value) : err(notDone(answer.value))
}

/** Says why it was not done; answers the exit code. */
export function tellNotDone(command: string, { by, lines }: NotDone, io: CommandIo): number {
  for (const line of lines) io.stderr(`jobpass ${command}: ${line}\n`)
  return by === 'broker' ? EXIT.refused : EXIT.couldNotRun
}
