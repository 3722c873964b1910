/**
 * The ID token of the job a command runs in: from the endpoint a runner of GitHub names in its environment, where every call gets a new one, or from a
 * variable, where GitLab puts one. A broker takes each only once. It is never printed.
 */
import * as z from 'zod'
import { err, ok, type Result } from '../shared/result.ts'
import { reason } from './broker.ts'

/** Gets an ID token for an `aud`; the error is a sentence for the person who runs the command. */
export type IdTokenSource = (audience: string) => Promise<Result<string, string>>

const requestTimeoutMs = 10_000

const idTokenAnswer = z.looseObject({ value: z.string().min(1) })

const MISSING = `this command authenticates as a CI job, and this environment offers no ID token.
In a workflow: give the job \`permissions: id-token: write\`. With \`jobpass dev\`: set ACTIONS_ID_TOKEN_REQUEST_URL and
ACTIONS_ID_TOKEN_REQUEST_TOKEN to idTokenRequestUrl and idTokenRequestToken of its ready line.`

/** The runner's ID token endpoint, as its environment names it. */
export function runnerIdTokens(env: NodeJS.ProcessEnv): IdTokenSource {
  const url = env.ACTIONS_ID_TOKEN_REQUEST_URL ?? ''
  const bearer = env.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? ''
  if (url === '' || bearer === '') return () => Promise.resolve(err(MISSING))
  return (audience) => requestIdToken(url, bearer, audience)
}

/** The ID token that a CI put into a variable of the job. The message names the variable and never what it holds. */
export function idTokenOfVariable(env: NodeJS.ProcessEnv, name: string): IdTokenSource {
  const token = env[name] ?? ''
  if (token === '') {
    const advice = `In .gitlab-ci.yml: give the job \`id_tokens: { ${name}: { aud: … } }\`, with the broker's origin as aud.`
    return () => Promise.resolve(err(`the variable ${name} is not set, so this job has no ID token there.\n${advice}`))
  }
  if (!JWT_FORM.test(token))
    return () => Promise.resolve(err(`the variable ${name} holds no ID token: a JWT has three parts and dots between them`))
  return () => Promise.resolve(ok(token))
}

const JWT_FORM = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$/

async function requestIdToken(url: string, bearer: string, audience: string): Promise<Result<string, string>> {
  if (!URL.canParse(url)) return err('ACTIONS_ID_TOKEN_REQUEST_URL is not a URL')
  const endpoint = new URL(url)
  endpoint.searchParams.set('audience', audience)
  try {
    const response = await fetch(endpoint, {
      headers: { authorization: `Bearer ${bearer}`, accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(requestTimeoutMs),
    })
    if (!response.ok) return err(`the ID token endpoint ${endpoint.origin} answers ${response.status}`)
    const answer = idTokenAnswer.safeParse(await response.json())
    return answer.success ? ok(answer.data.value) : err(`the ID token endpoint ${endpoint.origin} answers without a token`)
  } catch (error) {
    return err(`the ID token endpoint ${endpoint.origin} could not be used: ${reason(error)}`)
  }
}
