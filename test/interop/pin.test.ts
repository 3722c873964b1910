/** `jobpass pin` against GitHub's published OpenAPI description, served by Prism: every call it makes is one that is documented. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { pinCommand } from '../../cli/commands/pin.ts'
import { testIo } from '../cli/io.ts'
import { type Preference, startFront } from './github-front.ts'
import { type PublishedGithub, startPublishedGithub } from './published-github.ts'

let github: PublishedGithub
let root = ''

beforeAll(async () => {
  github = await startPublishedGithub({ lenientAnswers: true })
  return () => github[Symbol.asyncDispose]()
})

beforeEach(async () => {
  vi.stubEnv('GITHUB_TOKEN', 'ghs_0123456789')
  root = await mkdtemp(join(tmpdir(), 'jobpass-pin-'))
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(root, { recursive: true })
})

/** The description's examples are of octocat (1) and octocat/Hello-World (1296269). */
const POLICY = `jobpass: 1
issuers:
  github:
    platform: github
    url: https://token.actions.githubusercontent.com
    owners:
      - { name: octocat }
workloads:
  hello:
    issuer: github
    is: { repository: octocat/Hello-World }
    owner: team-hello
`

async function pin(policy: string, prefer: Preference, ...args: string[]) {
  await writeFile(join(root, 'policy.yaml'), policy)
  await using front = await startFront(github, prefer)
  const io = testIo(root)
  const code = await pinCommand(['.', '--api-url', front.url, ...args], io)
  const requests = front.requests.map(({ method, path }) => `${method} ${path}`)
  return { code, out: io.out(), errors: io.errors(), text: await readFile(join(root, 'policy.yaml'), 'utf8'), requests }
}

describe("GitHub's published description", () => {
  it('takes our look-ups of an owner and of a repository, and its examples can be read', async () => {
    const { code, text, requests } = await pin(POLICY, () => undefined)
    expect({ code, text }).toEqual({
      code: 0,
      text: POLICY.replace('{ name: octocat }', '{ name: octocat, id: "1" }').replace(
        'Hello-World }',
        'Hello-World, repository_id: "1296269" }',
      ),
    })
    expect(requests.sort()).toEqual(['GET /repos/octocat/Hello-World', 'GET /users/octocat'])
  })

  it('takes our look-up of an owner by id, which finds the name it has now', async () => {
    const pinned = POLICY.replace('{ name: octocat }', '{ name: mona, id: "1" }')
    const { code, out, requests } = await pin(pinned, ({ path }) => (path === '/users/mona' ? 'code=404' : undefined), '--verify')
    expect({ code, out }).toEqual({
      code: 1,
      out: 'policy.yaml:7:17: warning name-changed: the owner "mona" is called "octocat" now; its id is the pinned one: write the new name\n',
    })
    expect(requests).toContain('GET /user/1')
  })

  it.each([
    [404, 'error name-not-found'],
    [403, 'warning name-not-readable'],
    [301, ''],
  ])('lets a repository be answered with %i, which is no id', async (status, said) => {
    const { code, out, errors, text } = await pin(POLICY, ({ path }) => (path.startsWith('/repos/') ? `code=${status}` : undefined))
    expect(code).toBe(said === '' ? 2 : 1)
    expect(out + errors).toContain(said === '' ? 'which is not followed' : said)
    expect(text).not.toContain('repository_id')
  })
})
