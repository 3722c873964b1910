/**
 * A GitHub with one repository and one pull request: git objects, a merge base, branches, comments. Its bodies are the published examples with our
 * facts in them, and Prism stands before it: both what the step asks and what is answered are held against GitHub's own description.
 */
import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { json, type RecordedRequest, startUpstream } from '../../fakes/upstream.ts'
import { startFront } from '../../interop/github-front.ts'
import { startPublishedGithub } from '../../interop/published-github.ts'
import { type GitObjects, makeGitObjects } from './git-objects.ts'

export interface CommentOnLoopback {
  readonly id: number
  readonly author: string
  body: string
}

export interface GithubOnLoopback extends Pick<GitObjects, 'commit'> {
  readonly url: string
  readonly requests: readonly RecordedRequest[]
  readonly comments: CommentOnLoopback[]
  readonly branches: Map<string, string>
  /** `BASE...HEAD` → the commit where both were one. */
  readonly mergeBases: Map<string, string>
  /** Who the token is. */
  login: string
  /** What the token may not do: `POST /issues` → status. */
  readonly refusals: Map<string, number>
  /** Trees are listed in part. */
  isCut: boolean
  readonly close: () => Promise<void>
}

type State = Omit<GithubOnLoopback, 'url' | 'requests' | 'close'> & { readonly objects: GitObjects }
type Reply = readonly [status: number, body: unknown]

interface Asked {
  readonly name: string
  readonly query: URLSearchParams
  readonly body: string
}

const slice = z
  .looseObject({ components: z.looseObject({ examples: z.record(z.string(), z.looseObject({ value: z.unknown() })) }) })
  .parse(JSON.parse(readFileSync(new URL('../../vectors/github-openapi-slice.json', import.meta.url), 'utf8')))

function example(name: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(structuredClone(slice.components.examples[name]?.value))
}

const NOT_FOUND: Reply = [404, { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' }]
const FORBIDDEN = { message: 'Resource not accessible by integration', documentation_url: 'https://docs.github.com/rest' }

/** What is asked → how it is answered; the last part of a path is handed over as `name`. */
const ROUTES: readonly (readonly [RegExp, (asked: Asked, state: State) => Reply])[] = [
  [/^GET \/git\/trees\/(.+)$/, treeReply],
  [/^GET \/git\/blobs\/(.+)$/, blobReply],
  [/^GET \/compare\/(.+)$/, compareReply],
  [/^GET \/git\/ref\/heads\/(.+)$/, branchReply],
  [/^GET \/issues\/7\/comments()$/, listReply],
  [/^POST \/issues\/7\/comments()$/, createReply],
  [/^PATCH \/issues\/comments\/(\d+)$/, updateReply],
]

function treeReply({ name, query }: Asked, { objects, branches, isCut }: State): Reply {
  const sha = branches.get(name) ?? name
  const tree = query.get('recursive') === '1' ? objects.wholeTree(sha) : objects.tree(sha)
  return objects.tree(sha) === undefined ? NOT_FOUND : [200, { ...example('git-tree-default-response'), sha, tree, truncated: isCut }]
}

function blobReply({ name }: Asked, { objects }: State): Reply {
  const bytes = objects.blob(name)
  if (bytes === undefined) return NOT_FOUND
  const content = bytes.toString('base64').replaceAll(/(.{60})/g, '$1\n')
  return [200, { ...example('blob'), sha: name, content, encoding: 'base64', size: bytes.length }]
}

function compareReply({ name }: Asked, { mergeBases }: State): Reply {
  const whole = example('commit-comparison')
  const sha = mergeBases.get(name)
  return sha === undefined ? NOT_FOUND : [200, { ...whole, merge_base_commit: { ...Object(whole.merge_base_commit), sha } }]
}

function branchReply({ name }: Asked, { branches }: State): Reply {
  const whole = example('git-ref')
  const sha = branches.get(name)
  return sha === undefined ? NOT_FOUND : [200, { ...whole, object: { ...Object(whole.object), sha } }]
}

function listReply({ query }: Asked, { comments }: State): Reply {
  const size = Number(query.get('per_page'))
  const from = (Number(query.get('page') ?? '1') - 1) * size
  return [200, comments.slice(from, from + size).map(commentBody)]
}

function createReply({ body }: Asked, { comments, login }: State): Reply {
  const comment = { id: 100 + comments.length, author: login, body: bodyOf(body) }
  comments.push(comment)
  return [201, commentBody(comment)]
}

function updateReply({ name, body }: Asked, { comments }: State): Reply {
  const comment = comments.find(({ id }) => id === Number(name))
  if (comment === undefined) return NOT_FOUND
  comment.body = bodyOf(body)
  return [200, commentBody(comment)]
}

function bodyOf(text: string): string {
  return z.looseObject({ body: z.string().max(65_536) }).parse(JSON.parse(text)).body
}

function commentBody({ id, author, body }: CommentOnLoopback): object {
  const whole = example('issue-comment')
  return { ...whole, id, body, user: { ...Object(whole.user), login: author } }
}

function answer({ method, path, body }: RecordedRequest, state: State): Reply {
  const { pathname, searchParams: query } = new URL(path, 'http://github')
  const asked = `${method} ${decodeURIComponent(pathname).replace('/repos/acme/policy', '')}`
  const refusal = [...state.refusals].find(([start]) => asked.startsWith(start))
  if (refusal !== undefined) return [refusal[1], FORBIDDEN]
  for (const [pattern, reply] of ROUTES) {
    const match = pattern.exec(asked)
    if (match !== null) return reply({ name: match[1] ?? '', query, body }, state)
  }
  return NOT_FOUND
}

export async function startGithub(): Promise<GithubOnLoopback> {
  const objects = makeGitObjects()
  const state: State = {
    objects,
    commit: objects.commit,
    comments: [],
    branches: new Map(),
    mergeBases: new Map(),
    refusals: new Map(),
    login: 'github-actions[bot]',
    isCut: false,
  }
  const github = await startUpstream((request, response) => json(response, ...answer(request, state)))
  const published = await startPublishedGithub({ judged: github.url })
  const front = await startFront(published)
  const close = async (): Promise<void> => {
    for (const server of [front, published, github]) await server[Symbol.asyncDispose]()
  }
  return Object.assign(state, { url: front.url, requests: front.requests, close })
}
