/**
 * `jobpass exchange`: one ID token of this job for one credential, on standard output. For jobs outside GitHub Actions and for trying
 * things out; in a workflow the action is safer, because it masks what it gets and gives it back.
 */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isJsonObject } from '../../shared/json.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { parseDuration } from '../../shared/units.ts'
import { type ErrorBody, errorBody, ID_TOKEN_TYPE, TOKEN_EXCHANGE_GRANT_TYPE, TOKEN_PARAMETERS, tokenResponse } from '../../shared/wire.ts'
import { type BrokerAnswer, brokerOrigin, callBroker, jsonOf, printable, reason } from '../broker.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { type IdTokenSource, idTokenOfVariable, runnerIdTokens } from '../id-token.ts'
import { type Options, readOptions, usageError } from '../options.ts'

export const exchangeHelp = `jobpass exchange --broker URL --grant NAME [options]

Exchanges the ID token of this job for a credential and prints the token response (RFC 8693).

  --broker URL        origin of the broker
  --grant NAME        the grant to ask for
  --scope JSON        less than the grant gives: an object such as {"permissions":{"contents":"read"}}
  --ttl TIME          a shorter lifetime: 90s, 10m, 1h, or whole seconds
  --public-key FILE   the holder's public key, for certificate kinds
  --reason TEXT       recorded in the ledger
  --audience AUD      the aud of the ID token (default: the broker's origin)
  --token-env NAME    takes the ID token from this variable, as GitLab gives it to a job by id_tokens; its aud is chosen there
  --format json|token the whole answer, or access_token alone (default: json)

Without --token-env the ID token comes from ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN.
A broker takes each ID token once: a second exchange of one job needs a second variable.
Exit: 0 issued · 2 could not run, or the broker could not serve now · 4 refused.
`

const SPEC = {
  operands: [],
  options: {
    broker: 'required',
    grant: 'required',
    scope: 'value',
    ttl: 'value',
    'public-key': 'value',
    reason: 'value',
    audience: 'value',
    'token-env': 'value',
    format: 'value',
  },
} as const

export async function exchangeCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'exchange', read.error)
  const format = read.value.option('format') ?? 'json'
  const origin = brokerOrigin(read.value.option('broker') ?? '')
  const form = await tokenForm(read.value, io.cwd)
  const idTokens = idTokenSource(read.value)
  const problems = [
    ...(origin.ok ? [] : [origin.error]),
    ...(idTokens.ok ? [] : [idTokens.error]),
    ...(form.ok ? [] : form.error),
    ...(format === 'json' || format === 'token' ? [] : [`--format: json or token, not ${JSON.stringify(format)}`]),
  ]
  if (!origin.ok || !form.ok || !idTokens.ok || problems.length > 0) return usageError(io, 'exchange', problems)
  const idToken = await idTokens.value(read.value.option('audience') ?? origin.value)
  if (!idToken.ok) return failed(io, idToken.error)
  form.value.set(TOKEN_PARAMETERS.subjectToken, idToken.value)
  const answer = await callBroker(origin.value, '/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    body: form.value.toString(),
  })
  return answer.ok ? tell(answer.value, format, io) : failed(io, answer.error)
}

function idTokenSource({ option }: Options): Result<IdTokenSource, string> {
  const variable = option('token-env')
  if (variable === undefined) return ok(runnerIdTokens(process.env))
  return option('audience') === undefined
    ? ok(idTokenOfVariable(process.env, variable))
    : err('--audience: a token in a variable has its aud already; leave one of the two options out')
}

/** The form without its subject token; every bad option is named. */
async function tokenForm(args: Options, cwd: string): Promise<Result<URLSearchParams, readonly string[]>> {
  const form = new URLSearchParams({
    [TOKEN_PARAMETERS.grantType]: TOKEN_EXCHANGE_GRANT_TYPE,
    [TOKEN_PARAMETERS.subjectTokenType]: ID_TOKEN_TYPE,
    [TOKEN_PARAMETERS.audience]: args.option('grant') ?? '',
  })
  const problems: string[] = []
  const put = (name: string, value: Result<string, string> | undefined): void => {
    if (value === undefined) return
    if (value.ok) form.set(name, value.value)
    else problems.push(value.error)
  }
  const [scope, ttl, keyFile, why] = ['scope', 'ttl', 'public-key', 'reason'].map(args.option)
  put(TOKEN_PARAMETERS.authorizationDetails, scope === undefined ? undefined : details(scope))
  put(TOKEN_PARAMETERS.ttl, ttl === undefined ? undefined : seconds(ttl))
  put(TOKEN_PARAMETERS.publicKey, keyFile === undefined ? undefined : await publicKey(resolve(cwd, keyFile)))
  put(TOKEN_PARAMETERS.reason, why === undefined ? undefined : ok(why))
  return problems.length > 0 ? err(problems) : ok(form)
}

function details(scope: string): Result<string, string> {
  try {
    const value: unknown = JSON.parse(scope)
    if (isJsonObject(value)) return ok(JSON.stringify([value]))
  } catch {
    // told below
  }
  return err('--scope: a JSON object such as {"permissions":{"contents":"read"}}')
}

function seconds(ttl: string): Result<string, string> {
  const value = /^[1-9][0-9]{0,8}$/.test(ttl) ? Number(ttl) : parseDuration(ttl)
  return value === undefined ? err('--ttl: 90s, 10m, 1h, or whole seconds') : ok(String(value))
}

async function publicKey(path: string): Promise<Result<string, string>> {
  try {
    return ok((await readFile(path, 'utf8')).trim())
  } catch (error) {
    return err(`--public-key: ${reason(error)}`)
  }
}

function tell(answer: BrokerAnswer, format: string, io: CommandIo): number {
  const body = jsonOf(answer)
  const issued = answer.status === 200 ? tokenResponse.safeParse(body) : undefined
  if (issued?.success === true) {
    io.stdout(format === 'token' ? `${issued.data.access_token}\n` : `${JSON.stringify(body)}\n`)
    return EXIT.success
  }
  const refusal = errorBody.safeParse(body)
  if (!refusal.success || answer.status < 400) return failed(io, `the broker answers ${answer.status} and nothing that can be read`)
  io.stderr(refusalText(refusal.data, answer.retryAfter))
  return answer.status >= 500 ? EXIT.couldNotRun : EXIT.refused
}

/** A refusal for people: what, why, and the decision id to quote. */
function refusalText(refusal: ErrorBody, retryAfter: string | null): string {
  const lines = [
    `refused: ${refusal.code ?? refusal.error}${refusal.error_description === undefined ? '' : `: ${refusal.error_description}`}`,
  ]
  for (const { rule, attribute, seen, hint, expected } of refusal.reasons ?? []) {
    const wanted = expected === undefined ? '' : `; the rule wants ${expected.join(' or ')}`
    lines.push(
      `  ${rule}: ${attribute} is ${seen === null ? 'missing' : JSON.stringify(seen)}${wanted}${hint === undefined ? '' : ` (${hint})`}`,
    )
  }
  if (refusal.hint !== undefined) lines.push(`  hint: ${refusal.hint}`)
  if (retryAfter !== null) lines.push(`  try again in ${retryAfter} s`)
  if (refusal.decision_id !== undefined) lines.push(`  decision ${refusal.decision_id}`)
  return `${lines.map(printable).join('\n')}\n`
}

function failed(io: CommandIo, sentence: string): number {
  io.stderr(`jobpass exchange: ${sentence}\n`)
  return EXIT.couldNotRun
}
