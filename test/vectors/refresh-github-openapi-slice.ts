/**
 * Cuts from GitHub's published OpenAPI description (npm package `@octokit/openapi`, MIT) the operations Jobpass calls, with all they refer to,
 * into `github-openapi-slice.json`. It reads a local copy and fetches nothing: unpack the package somewhere (it is large) and name its file.
 *
 *   node test/vectors/refresh-github-openapi-slice.ts PACKAGE/generated/api.github.com.json
 */
import { readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import * as z from 'zod'

const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  '/app': ['get'],
  '/app/installations/{installation_id}': ['get'],
  '/app/installations/{installation_id}/access_tokens': ['post'],
  '/installation/token': ['delete'],
  '/orgs/{org}/installation': ['get'],
  '/repos/{owner}/{repo}': ['get'],
  '/repos/{owner}/{repo}/compare/{basehead}': ['get'],
  '/repos/{owner}/{repo}/git/blobs/{file_sha}': ['get'],
  '/repos/{owner}/{repo}/git/ref/{ref}': ['get'],
  '/repos/{owner}/{repo}/git/trees/{tree_sha}': ['get'],
  '/repos/{owner}/{repo}/issues/comments/{comment_id}': ['patch'],
  '/repos/{owner}/{repo}/issues/{issue_number}/comments': ['get', 'post'],
  '/user/{account_id}': ['get'],
  '/users/{username}': ['get'],
  '/users/{username}/installation': ['get'],
}

const anyObject = z.record(z.string(), z.unknown())
const description = z.looseObject({
  openapi: z.string(),
  info: z.looseObject({ title: z.string(), version: z.string() }),
  paths: z.record(z.string(), anyObject),
  components: z.record(z.string(), anyObject),
})

type Components = Record<string, Record<string, unknown>>

/** Every `#/components/SECTION/NAME` below a value, however deep. */
function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => (name === '$ref' && typeof member === 'string' ? [member] : referencesIn(member)))
}

function componentsOf(roots: unknown, all: Components): Components {
  const kept: Components = {}
  const open = referencesIn(roots)
  for (let reference = open.pop(); reference !== undefined; reference = open.pop()) {
    const [, , section = '', name = ''] = reference.split('/')
    kept[section] ??= {}
    if (Object.hasOwn(kept[section], name)) continue
    const component = all[section]?.[name]
    if (component === undefined) throw new Error(`the description refers to ${reference} and does not have it`)
    kept[section][name] = component
    open.push(...referencesIn(component))
  }
  return kept
}

function slice(text: string): unknown {
  const whole = description.parse(JSON.parse(text))
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [path, methods] of Object.entries(OPERATIONS)) {
    paths[path] = Object.fromEntries(methods.map((method) => [method, whole.paths[path]?.[method]]))
  }
  return {
    openapi: whole.openapi,
    info: {
      title: whole.info.title,
      version: whole.info.version,
      license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT' },
      'x-provenance': `the operations Jobpass calls, cut from the npm package @octokit/openapi ${whole.info.version} by ${import.meta.filename.split('/').at(-1)}`,
    },
    servers: [{ url: 'https://api.github.com' }],
    paths,
    components: componentsOf(paths, whole.components),
  }
}

const [, , source] = process.argv
if (source === undefined) throw new Error('usage: refresh-github-openapi-slice.ts PACKAGE/generated/api.github.com.json')
writeFileSync(new URL('./github-openapi-slice.json', import.meta.url), `${JSON.stringify(slice(readFileSync(source, 'utf8')), null, 1)}\n`)
