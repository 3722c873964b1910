/** `POST /token`: RFC 8693 token exchange. HTTP in, HTTP out; the spine decides. */
import { isJsonObject } from '../../shared/json.ts'
import type { Refusal } from '../../shared/refusal.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { TokenResponse } from '../../shared/wire.ts'
import { ID_TOKEN_TYPE, JWT_TOKEN_TYPE, TOKEN_EXCHANGE_GRANT_TYPE, TOKEN_PARAMETERS } from '../../shared/wire.ts'
import type { Form } from '../ask.ts'
import type { Workload } from '../authenticate/authenticate.ts'
import { type Deps, nowSeconds, randomId } from '../deps.ts'
import { exchange, type Issued, type Refused } from '../exchange.ts'
import { type ExchangeEnd, startMeter } from '../exchange-meter.ts'
import { jsonAnswer, refusalAnswer } from './answers.ts'
import { callerAddress } from './caller-address.ts'
import { readForm } from './form.ts'

const MAX_REPORTED_CLAIMS = 100

/** What was issued is in the ledger and nowhere else; the log has what the ledger may not: callers that were never proven. */
export async function token(request: Request, deps: Deps): Promise<Response> {
  const decision = randomId(deps)
  const meter = startMeter(deps)
  const form = await readForm(request)
  const outcome = form.ok ? await exchangeForm(request, form.value, decision, meter.deps) : err({ refusal: form.error, proven: false })
  meter.done(() => endOf(outcome, form.ok ? form.value.get(TOKEN_PARAMETERS.audience) : undefined, deps))
  if (outcome.ok) {
    reportNewClaims(outcome.value.commission.workload, deps)
    return jsonAnswer(answerOf(outcome.value, deps))
  }
  deps.log({ event: 'exchange', outcome: 'refused', decision, ...refusedLine(outcome.error) })
  return refusalAnswer(outcome.error.refusal, decision, outcome.error.proven)
}

async function exchangeForm(request: Request, form: Form, decision: string, deps: Deps): Promise<Result<Issued, Refused>> {
  const subjectToken = readSubjectToken(form)
  if (!subjectToken.ok) return err({ refusal: subjectToken.error, proven: false })
  return exchange({ subjectToken: subjectToken.value, form, decision, callerAddress: callerAddress(request, deps.config) }, deps)
}

/** A name counts when the caller is proven and the policy has it: nobody else's words are measured. */
function endOf(outcome: Result<Issued, Refused>, asked: string | undefined, { policies }: Deps): ExchangeEnd {
  if (outcome.ok) {
    const { order, kindName } = outcome.value.commission
    return { outcome: 'issued', code: '', grant: order.grant, kind: kindName }
  }
  const { refusal, workload } = outcome.error
  const grant = workload === undefined || asked === undefined ? undefined : policies.policy?.grant(asked)
  return { outcome: 'refused', code: refusal.code, grant: grant?.name ?? '', kind: grant?.connection.kind.name ?? '' }
}

function readSubjectToken(form: Form): Result<string, Refusal> {
  const missing = (parameter: string, expected: string): Result<never, Refusal> =>
    err({ code: 'request_malformed', parameter, problem: 'missing', expected })
  const grantType = form.get(TOKEN_PARAMETERS.grantType)
  if (grantType === undefined) return missing(TOKEN_PARAMETERS.grantType, TOKEN_EXCHANGE_GRANT_TYPE)
  if (grantType !== TOKEN_EXCHANGE_GRANT_TYPE) return err({ code: 'grant_type_unsupported' })
  const type = form.get(TOKEN_PARAMETERS.subjectTokenType)
  if (type === undefined) return missing(TOKEN_PARAMETERS.subjectTokenType, ID_TOKEN_TYPE)
  if (type !== ID_TOKEN_TYPE && type !== JWT_TOKEN_TYPE) {
    return err({ code: 'request_malformed', parameter: TOKEN_PARAMETERS.subjectTokenType, problem: 'malformed', expected: ID_TOKEN_TYPE })
  }
  const subjectToken = form.get(TOKEN_PARAMETERS.subjectToken)
  return subjectToken === undefined ? missing(TOKEN_PARAMETERS.subjectToken, 'the CI ID token') : ok(subjectToken)
}

function answerOf({ commission, made }: Issued, deps: Deps): TokenResponse {
  const { kind, order, policy, rule } = commission
  const scope = isJsonObject(order.scope) ? order.scope : {}
  return {
    access_token: made.accessToken.reveal(),
    issued_token_type: kind.tokenType,
    token_type: kind.bearer,
    expires_in: Math.max(1, Math.min(order.expiresAt, made.expiresAt) - nowSeconds(deps)),
    authorization_details: [{ type: kind.name, ...scope }],
    kind: kind.name,
    lease_id: order.leaseId,
    policy: policy.digest,
    rule,
  }
}

function refusedLine({ refusal, workload }: Refused) {
  const detail = 'detail' in refusal ? { detail: refusal.detail } : {}
  return { code: refusal.code, ...detail, ...(workload === undefined ? {} : { issuer: workload.issuer.name }) }
}

/** A claim this version does not know means that the platform has changed: said once an isolate, kept in every entry. */
function reportNewClaims({ issuer, token: { facts } }: Workload, deps: Deps): void {
  const unknownClaims = facts.unknownClaims.filter((name) => !deps.reportedClaims.has(name))
  if (unknownClaims.length === 0 || deps.reportedClaims.size >= MAX_REPORTED_CLAIMS) return
  for (const name of unknownClaims) deps.reportedClaims.add(name)
  deps.log({ event: 'exchange', outcome: 'unknown_claims', issuer: issuer.name, unknownClaims })
}
