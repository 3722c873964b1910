/**
 * What GitHub says of a name: which id it has, whether it was renamed, or that there is nothing. Read-only calls of the REST API, each name once.
 * The token goes to the API's own origin and nowhere else; it is never printed, and a redirect is followed only to another path of that API.
 */
import * as z from 'zod'
import { sameText } from '../../shared/policy/pattern.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { Secret } from '../../shared/secret.ts'
import { boundedText, jsonOf, reason } from '../broker.ts'
import type { NamedThing } from './pin-sites.ts'

export interface GithubApi {
  /** `https://api.github.com`, without a slash at its end. */
  readonly url: string
  readonly token: Secret | undefined
}

export type Lookup =
  /** The name is current. */
  | { readonly outcome: 'found'; readonly id: string; readonly name: string }
  /** The name leads to what is called otherwise now. */
  | { readonly outcome: 'renamed'; readonly id: string; readonly name: string }
  /** There is none, or the token may not see it: GitHub does not tell these apart. */
  | { readonly outcome: 'nothing' }
  | { readonly outcome: 'unreadable'; readonly status: number }
  /** GitHub never gives such a name. */
  | { readonly outcome: 'impossible' }

export interface GithubNames {
  /** An error is a sentence: nothing more can be asked. */
  readonly look: (thing: NamedThing, name: string) => Promise<Result<Lookup, string>>
  /** What the owner with this id is called now. */
  readonly ownerById: (id: string) => Promise<Result<Lookup, string>>
}

const API_VERSION = '2022-11-28'
const requestTimeoutMs = 15_000
const maxAnswerBytes = 1_048_576

const OWNER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/
const REPOSITORY = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/

const repository = z.looseObject({ id: z.int().positive(), full_name: z.string() })
const owner = z.looseObject({ id: z.int().positive(), login: z.string() })
const moved = z.looseObject({ url: z.string() })

interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

export function githubNames(api: GithubApi): GithubNames {
  const asked = new Map<string, Promise<Result<Lookup, string>>>()
  const once = (key: string, ask: () => Promise<Result<Lookup, string>>): Promise<Result<Lookup, string>> => {
    const answer = asked.get(key) ?? ask()
    asked.set(key, answer)
    return answer
  }
  return {
    look: (thing, name) => once(`${thing} ${name}`, () => (thing === 'owner' ? lookOwner(api, name) : lookRepository(api, name))),
    ownerById: (id) => once(`id ${id}`, () => lookOwner(api, id, `/user/${id}`)),
  }
}

async function lookOwner(api: GithubApi, name: string, path = `/users/${name}`): Promise<Result<Lookup, string>> {
  if (!OWNER.test(name)) return ok({ outcome: 'impossible' })
  const answer = await call(api, `${api.url}${path}`)
  if (!answer.ok) return answer
  const read = owner.safeParse(jsonOf(answer.value))
  return judge(answer.value, read.success ? { id: String(read.data.id), name: read.data.login } : undefined, name)
}

async function lookRepository(api: GithubApi, name: string): Promise<Result<Lookup, string>> {
  if (!REPOSITORY.test(name)) return ok({ outcome: 'impossible' })
  const first = await call(api, `${api.url}/repos/${name}`)
  if (!first.ok) return first
  const towards = first.value.status >= 300 && first.value.status < 400 ? redirectOf(first.value, api) : undefined
  const answer = towards === undefined ? first : await call(api, towards)
  if (!answer.ok) return answer
  const read = repository.safeParse(jsonOf(answer.value))
  return judge(answer.value, read.success ? { id: String(read.data.id), name: read.data.full_name } : undefined, name)
}

/** A renamed repository is answered with its address by id. Only a path of the same API is followed, and only once. */
function redirectOf(answer: Answer, { url }: GithubApi): string | undefined {
  const location = answer.headers.get('location') ?? moved.safeParse(jsonOf(answer)).data?.url
  if (location === undefined || !URL.canParse(location, `${url}/`)) return undefined
  const target = new URL(location, `${url}/`)
  const base = new URL(url)
  const below = target.pathname.startsWith(`${base.pathname.replace(/\/$/, '')}/repositories/`)
  return target.origin === base.origin && below && target.username === '' && target.password === '' ? target.href : undefined
}

function judge(
  { status, headers }: Answer,
  seen: { readonly id: string; readonly name: string } | undefined,
  asked: string,
): Result<Lookup, string> {
  if (status === 200) {
    if (seen === undefined) return err('the API answers with something that is no owner and no repository: check --api-url')
    return ok({ outcome: sameText(seen.name, asked, true) ? 'found' : 'renamed', ...seen })
  }
  if (status === 404) return ok({ outcome: 'nothing' })
  if (status === 401) return err('the API answers 401: the token is not valid, or has expired')
  const limit = limitText(status, headers)
  if (limit !== undefined) return err(limit)
  if (status === 403 || status === 451) return ok({ outcome: 'unreadable', status })
  return err(`the API answers ${status} where a name was asked for${status < 400 ? ', towards another place, which is not followed' : ''}`)
}

function limitText(status: number, headers: Headers): string | undefined {
  const isLimit = status === 429 || (status === 403 && (headers.get('x-ratelimit-remaining') === '0' || headers.has('retry-after')))
  if (!isLimit) return undefined
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN)
  const until = Number.isSafeInteger(reset) && reset > 0 && reset < 1e11 ? ` until ${new Date(reset * 1000).toISOString()}` : ''
  return `the API takes no more calls${until}; with a token it takes more than without`
}

async function call({ token }: GithubApi, url: string): Promise<Result<Answer, string>> {
  try {
    const response = await fetch(url, {
      headers: {
        accept: 'application/vnd.github+json',
        'user-agent': 'jobpass-cli',
        'x-github-api-version': API_VERSION,
        ...(token === undefined ? {} : { authorization: `Bearer ${token.reveal()}` }),
      },
      redirect: 'manual',
      signal: AbortSignal.timeout(requestTimeoutMs),
    })
    const text = await boundedText(response, maxAnswerBytes)
    return text === undefined
      ? err(`${new URL(url).origin} answers more than ${maxAnswerBytes} bytes`)
      : ok({ status: response.status, headers: response.headers, text })
  } catch (error) {
    return err(`${new URL(url).origin} could not be reached: ${reason(error)}`)
  }
}
