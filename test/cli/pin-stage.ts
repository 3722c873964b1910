/** A folder, a token and a GitHub for the tests of `jobpass pin`. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'
import { pinCommand } from '../../cli/commands/pin.ts'
import { json, type RecordedRequest, startUpstream } from '../fakes/upstream.ts'
import { testIo } from './io.ts'

export const TOKEN = 'ghs_4nobody'
let folder = ''

/** The folder of the running test. */
export const root = (): string => folder

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobpass-pin-'))
  vi.stubEnv('GITHUB_TOKEN', TOKEN)
  vi.stubEnv('GH_TOKEN', '')
  vi.stubEnv('GITHUB_API_URL', '')
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

export type Reply = readonly [status: number, body: unknown, headers?: Readonly<Record<string, string>>]

const REPOSITORIES: Readonly<Record<string, Reply>> = {
  '/repos/acme/docs': [200, { id: 1217768983, full_name: 'acme/docs' }],
  '/repos/acme/web': [200, { id: 1217768984, full_name: 'Acme/Web' }],
  '/users/acme': [200, { id: 65000001, login: 'acme' }],
  '/users/globex': [200, { id: 65000002, login: 'globex' }],
}

interface Outcome {
  readonly code: number
  readonly out: string
  readonly errors: string
  readonly requests: readonly RecordedRequest[]
  readonly text: (name?: string) => Promise<string>
}

export async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), text)
  }
}

/** Runs `pin` on the files with a GitHub that knows what it is told; `:self` in a header stands for its own origin. */
export async function pin(
  files: Readonly<Record<string, string>>,
  replies: Readonly<Record<string, Reply>>,
  ...args: string[]
): Promise<Outcome> {
  await write(files)
  await using github = await startUpstream(({ path }, response) => {
    const [status, body, headers = {}] = { ...REPOSITORIES, ...replies }[path] ?? [404, { message: 'Not Found' }]
    const own = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace(':self', github.url)]))
    json(response, status, body, own)
  })
  const io = testIo(folder)
  const code = await pinCommand(['.', '--api-url', github.url, ...args], io)
  const text = (name = 'policy.yaml') => readFile(join(folder, name), 'utf8')
  return { code, out: io.out(), errors: io.errors(), requests: [...github.requests], text }
}

export const ISSUER = `jobpass: 1
issuers:
  github:
    platform: github
    url: https://token.actions.githubusercontent.com
    owners: [{ name: acme, id: "65000001" }]
`
/** A policy with one workload that is this. */
export const workload = (is: string, more = '') =>
  `${ISSUER}workloads:\n  site:\n    issuer: github\n    is: ${is}\n    owner: team-docs\n${more}`
