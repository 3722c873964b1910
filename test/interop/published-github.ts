/**
 * GitHub as its published OpenAPI description says it is: Prism serves the slice on loopback, checks every request against it and answers with its own
 * examples. Nothing here was written to fit the broker.
 */
import { readFileSync } from 'node:fs'
import { transformOas3Operations } from '@stoplight/http-spec/oas3'
import { createServer } from '@stoplight/prism-http-server'
import * as z from 'zod'

const components = z.record(z.string(), z.record(z.string(), z.unknown()))
const description = z.looseObject({ openapi: z.string(), paths: z.record(z.string(), z.unknown()), components })

export interface PublishedGithub extends AsyncDisposable {
  readonly url: string
}

export interface PublishedOptions {
  /** The description's own example of a repository lacks a member its schema requires; requests are judged in any case. */
  readonly lenientAnswers?: boolean
  /** A server to pass requests on to: then both they and its answers are held against the description. */
  readonly judged?: string
}

export async function startPublishedGithub({ lenientAnswers = false, judged }: PublishedOptions = {}): Promise<PublishedGithub> {
  const slice = description.parse(JSON.parse(readFileSync(new URL('../vectors/github-openapi-slice.json', import.meta.url), 'utf8')))
  const operations = transformOas3Operations({ ...slice, paths: Object(resolve(slice.paths, slice.components)) })
  const server = createServer(operations, {
    components: { logger: silent },
    cors: false,
    config: {
      ...(judged === undefined ? { isProxy: false } : { isProxy: true, upstream: new URL(judged) }),
      mock: { dynamic: false },
      checkSecurity: true,
      validateRequest: true,
      validateResponse: !lenientAnswers,
      errors: true,
      upstreamProxy: undefined,
    },
  })
  const url = await server.listen(0, '127.0.0.1')
  return { url, [Symbol.asyncDispose]: () => server.close() }
}

/** The value with every `$ref` replaced by what it refers to: Prism checks bodies only against schemas that are whole. */
function resolve(value: unknown, all: z.infer<typeof components>): unknown {
  if (Array.isArray(value)) return value.map((member) => resolve(member, all))
  if (typeof value !== 'object' || value === null) return value
  if ('$ref' in value && typeof value.$ref === 'string') {
    const [, , section = '', name = ''] = value.$ref.split('/')
    return resolve(all[section]?.[name], all)
  }
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(member, all)]))
}

const say = (): void => undefined
const silent = {
  trace: say,
  debug: say,
  info: say,
  warn: say,
  error: say,
  fatal: say,
  success: say,
  level: 'silent',
  silent: say,
  child: () => silent,
}
