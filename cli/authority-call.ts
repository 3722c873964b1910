/**
 * A call to a broker in the name of an authority. Each takes a fresh ID token, since a broker takes a token once; what went wrong comes back as lines for
 * a person, with whether the broker said no or could not be asked.
 */
import type { Result } from '../shared/result.ts'
import { err, ok } from '../shared/result.ts'
import { type BrokerAnswer, type BrokerRequest, brokerOrigin, callBroker } from './broker.ts'
import { type CommandIo, EXIT } from './command.ts'
import { type IdTokenSource, runnerIdTokens } from './id-token.ts'
import type { Options } from './options.ts'
import { type NotDone, notDone } from './publishing.ts'

export interface Caller {
  /** The broker's origin. */
  readonly broker: string
  /** The `aud` of its ID tokens. */
  readonly audience: string
  readonly idToken: IdTokenSource
}

/** The words every command that acts as an authority takes. */
export const CALLER_OPTIONS = { broker: 'required', audience: 'value' } as const

export const CALLER_HELP = `  --broker URL       origin of the broker
  --audience AUD     the aud of the ID token (default: the broker's origin)`

export const TOKEN_HELP = `the ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and
ACTIONS_ID_TOKEN_REQUEST_TOKEN.`

/** The error is a mistake in the words. */
export function callerOf({ option }: Options): Result<Caller, string> {
  const origin = brokerOrigin(option('broker') ?? '')
  if (!origin.ok) return origin
  return ok({ broker: origin.value, audience: option('audience') ?? origin.value, idToken: runnerIdTokens(process.env) })
}

/** The answer whatever its status; an error when there is none. */
export async function callAs(caller: Caller, path: string, request: BrokerRequest = {}): Promise<Result<BrokerAnswer, string>> {
  const headers = await authorized(caller, request.headers)
  return headers.ok ? callBroker(caller.broker, path, { ...request, headers: headers.value }) : headers
}

export async function authorized(
  { audience, idToken }: Caller,
  headers: Readonly<Record<string, string>> = {},
): Promise<Result<Readonly<Record<string, string>>, string>> {
  const token = await idToken(audience)
  return token.ok ? ok({ ...headers, authorization: `Bearer ${token.value}` }) : token
}

/** The answer when it is 200. */
export async function askAs(caller: Caller, path: string, request: BrokerRequest = {}): Promise<Result<BrokerAnswer, NotDone>> {
  const answer = await callAs(caller, path, request)
  if (!answer.ok) return err({ by: 'nobody', lines: [answer.error] })
  return answer.value.status === 200 ? answer : err(notDone(answer.value))
}

/** Says why it was not done; answers the exit code. */
export function tellNotDone(command: string, { by, lines }: NotDone, io: CommandIo): number {
  for (const line of lines) io.stderr(`jobpass ${command}: ${line}\n`)
  return by === 'broker' ? EXIT.refused : EXIT.couldNotRun
}
