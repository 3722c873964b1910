/**
 * docs/runbooks.md and the blocks of docs/operations.md that say whose they are, run as they stand: by bash, with the built command line, against a whole broker,
 * in the order of the page. What needs a Cloudflare account is only read by bash.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readText } from '../import-graph.ts'
import { DevProcess, EXAMPLE_POLICY, JOBPASS } from './dev-process.ts'

const ROLES = ['operator', 'auditor', 'publisher'] as const

interface Block {
  readonly heading: string
  readonly who: string
  readonly text: string
}

function blocksOf(page: string): readonly Block[] {
  return readText(page)
    .split(/^(?=## )/m)
    .flatMap((section) => {
      const heading = /^## (.*)$/m.exec(section)?.[1] ?? 'the top of the page'
      return [...section.matchAll(/^```sh\n# ([a-zA-Z]+)([^\n]*)\n([\s\S]*?)^```$/gm)].map(([, who = '', , text = '']) => ({
        heading,
        who,
        text,
      }))
    })
}

const BLOCKS = blocksOf('docs/runbooks.md')
const HEADINGS = [...new Set(BLOCKS.map(({ heading }) => heading))]

let dev: DevProcess
let folder: string
const variables: Record<string, string> = {}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jobpass-runbooks-'))
  dev = await DevProcess.ready([EXAMPLE_POLICY])
})

afterAll(async () => {
  await dev?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** Not in the way of the event loop: this process has connections of its own, which must see when the other side closes them. */
function bash(text: string): Promise<{ code: number | null; out: string }> {
  const jobpass = `jobpass() { '${process.execPath}' '${JOBPASS}' "$@"; }\n`
  const child = spawn('bash', ['--norc', '-e', '-u', '-o', 'pipefail', '-c', jobpass + text], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      BROKER: dev.line.broker,
      POLICY: EXAMPLE_POLICY,
      ACTIONS_ID_TOKEN_REQUEST_URL: dev.line.idTokenRequestUrl,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: dev.line.idTokenRequestToken,
      ...variables,
    },
  })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (heard: string) => (out += heard))
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })))
}

async function be(who: string): Promise<void> {
  const isRole = ROLES.some((role) => role === who)
  await dev.job(isRole ? { iss: dev.line.issuer, repository: `jobpass/${who}` } : {})
}

/** A job has drawn a credential, another was refused; and the archive, a checkpoint and a key set are kept somewhere else. */
async function anOrdinaryDay(run: number): Promise<void> {
  await dev.job({ run_id: String(run) })
  const drawn = await dev.exchange('call-internal-api')
  expect(drawn.status).toBe(200)
  Object.assign(variables, { RUN: String(run), LEASE: String(drawn.body.lease_id) })
  await dev.job({ ref: 'refs/heads/feature' })
  expect((await dev.exchange('call-internal-api')).body.code).toBe('grant_refused')
  await be('auditor')
  expect((await bash('jobpass ledger export --broker $BROKER > day.ndjson')).code).toBe(0)
  archive()
}

function archive(): void {
  rmSync(join(folder, 'archive'), { recursive: true, force: true })
  const lines = readFileSync(join(folder, 'day.ndjson'), 'utf8').trimEnd().split('\n')
  const ledgers = Map.groupBy(lines.slice(0, -2), (line) => String(JSON.parse(line).ledger))
  for (const [name, entries] of ledgers) {
    const place = join(folder, 'archive/ledger', encodeURIComponent(name))
    mkdirSync(place, { recursive: true })
    for (let start = 0; start < entries.length; start += 3) {
      const part = entries.slice(start, start + 3)
      const [from, to] = [start + 1, start + part.length].map((seq) => String(seq).padStart(12, '0'))
      writeFileSync(join(place, `${from}-${to}.ndjson`), part.map((line) => `${line}\n`).join(''))
    }
  }
  const [note = '', keys = ''] = lines.slice(-2)
  mkdirSync(join(folder, 'archive/checkpoint'))
  writeFileSync(join(folder, 'archive/checkpoint/2026-11-22T01.ndjson'), `${note}\n${keys}\n`)
  writeFileSync(join(folder, 'kept-checkpoint'), JSON.parse(note).note)
  writeFileSync(join(folder, 'kept-keys.json'), JSON.stringify({ keys: JSON.parse(keys).keys }))
}

function expected(text: string): readonly string[] {
  return [...text.matchAll(/^#=> (.*)$/gm)].map(([, line = '']) => line)
}

describe('docs/runbooks.md', { timeout: 120_000 }, () => {
  test('has a page for each of the bad days, and says of each block whose it is', () => {
    expect(HEADINGS.length).toBeGreaterThanOrEqual(10)
    const fences = [...readText('docs/runbooks.md').matchAll(/^```sh$/gm)]
    expect(BLOCKS).toHaveLength(fences.length)
    expect([...new Set(BLOCKS.map(({ who }) => who))].sort()).toEqual([
      'Cloudflare',
      'anybody',
      'auditor',
      'before',
      'operator',
      'publisher',
    ])
  })

  test.each(HEADINGS.map((heading, index) => [heading, index] as const))(
    '%s: every command works as it is written',
    async (heading, index) => {
      await anOrdinaryDay(9_000 + index)
      for (const { who, text } of BLOCKS.filter((block) => block.heading === heading)) {
        if (who === 'Cloudflare') {
          expect(spawnSync('bash', ['-n', '-c', text]).status).toBe(0)
          continue
        }
        await be(who)
        const { code, out } = await bash(text)
        expect([code, out], text).toEqual([0, expect.not.stringMatching(/command not found|jobpass \w+: |^jq: /m)])
        for (const line of expected(text)) expect(out).toContain(line)
      }
      await be('operator')
      expect((await bash('jobpass freezes --broker $BROKER')).out, 'nothing is left frozen').toBe('nothing is frozen\n')
    },
  )

  test('what compares a ledger with a copy of it finds an entry that is gone', async () => {
    await anOrdinaryDay(9_900)
    const [comparing = ''] = BLOCKS.filter(({ heading, who }) => heading === 'A chain is broken' && who === 'auditor')
      .flatMap(({ text }) => text.split('\n'))
      .filter((line) => line.startsWith('join '))
    await bash('cat archive/ledger/*/*.ndjson > before.ndjson; grep -v grant_refused day.ndjson > now.ndjson')
    const { out: gone } = await bash('grep grant_refused before.ndjson | jq -r .hash | sort')
    expect(gone).toMatch(/^([0-9a-f]{64}\n){2,}$/)
    expect(await bash(comparing)).toEqual({ code: 0, out: gone })
  })

  test('commands for Cloudflare are commands that wrangler and this repository have', () => {
    const lines = BLOCKS.filter(({ who }) => who === 'Cloudflare').flatMap(({ text }) => text.trimEnd().split('\n'))
    const known =
      /^(npx wrangler (secret put|tail|deployments list|rollback)\b.* --config worker\/wrangler\.jsonc|npm run deploy -- |curl -sS |\(umask 077; printf |OLD_KEY=|rm )/
    expect(lines.filter((line) => !known.test(line))).toEqual([])
  })
})

describe('the metrics of a whole broker', () => {
  test('are printed by the command, all of them', async () => {
    await be('auditor')
    const { code, out } = await bash('jobpass metrics --broker $BROKER')
    expect(code).toBe(0)
    const names = [...readText('worker/metrics.ts').matchAll(/^ {2}(jobpass_\w+): \[/gm)].map(([, name = '']) => name)
    expect(names.length).toBeGreaterThan(20)
    for (const name of names) expect(out).toContain(`# TYPE ${name} `)
    expect(out).toMatch(
      /^jobpass_issued_total\{ledger="v1:https:\/\/token\.actions\.githubusercontent\.com:65000001",grant="call-internal-api",kind="jwt"\} \d+$/m,
    )
  })
})
