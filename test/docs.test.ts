/** Documents that can be wrong are held to what they describe: lists are complete, links lead somewhere, examples are taken by what they are examples of. */
import { existsSync } from 'node:fs'
import { basename, dirname, join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { ASK_MEMBERS, ENTRIES, ENVELOPE } from '../shared/ledger-entries.ts'
import { readPolicyFiles } from '../shared/policy/read-files.ts'
import { type RefusalCode, WIRE_FORMS } from '../shared/refusal.ts'
import { readConfig } from '../worker/env.ts'
import { TOLD } from '../worker/held-health.ts'
import { LOG_EVENTS } from '../worker/log.ts'
import { filesBelow, ROOT, readText } from './import-graph.ts'

const PAGES = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', ...filesBelow('docs', '.md')].filter((path) =>
  existsSync(join(ROOT, path)),
)

/** Everything between three backquotes is an example, not text. */
function prose(page: string): string {
  return readText(page).replaceAll(/^```[\s\S]*?^```/gm, '')
}

function fences(page: string, language: string): readonly string[] {
  return [...readText(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text)
}

/** The first cell of every row of every table, without its backquotes. */
function firstCells(text: string): readonly string[] {
  return [...text.matchAll(/^\| (.*?) \|/gm)].map(([, cell = '']) => cell)
}

describe('links', () => {
  const links = PAGES.flatMap((page) => [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ page, target }))).filter(
    ({ target }) => !/^[a-z]+:/.test(target),
  )

  test('there are some', () => expect(links.length).toBeGreaterThan(50))

  test('every relative link leads to a file or folder', () => {
    const broken = links.filter(({ page, target }) => {
      const [path = ''] = target.split('#')
      return path !== '' && !existsSync(join(ROOT, dirname(page), path))
    })
    expect(broken.map(({ page, target }) => `${page} → ${target}`)).toEqual([])
  })

  test('every link to a heading leads to one', () => {
    const broken = links.filter(({ page, target }) => {
      const [path = '', heading] = target.split('#')
      const there = path === '' ? page : posix.join(posix.dirname(page), path)
      return heading !== undefined && existsSync(join(ROOT, there)) && !headings(there).includes(heading)
    })
    expect(broken.map(({ page, target }) => `${page} → ${target}`)).toEqual([])
  })

  /** As GitHub makes them of a heading's text. */
  function headings(page: string): readonly string[] {
    return [...prose(page).matchAll(/^#{1,6} (.+)$/gm)].map(([, text = '']) =>
      text
        .toLowerCase()
        .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    )
  }
})

describe('docs/errors.md', () => {
  const rows = new Map(
    [...prose('docs/errors.md').matchAll(/^\| `([a-z_]+)` \| (\d+) \|/gm)].map(([, code = '', status]) => [code, Number(status)]),
  )

  test('has every refusal code and no other', () => {
    expect([...rows.keys()].sort()).toEqual(Object.keys(WIRE_FORMS).sort())
  })

  test.each(Object.entries(WIRE_FORMS))('gives %s the status it has', (code: string, { status }: (typeof WIRE_FORMS)[RefusalCode]) => {
    expect(rows.get(code)).toBe(status)
  })
})

describe('docs/storage.md', () => {
  const schemas = filesBelow('worker/state', '-schema.ts').map(readText).join('\n')
  const page = prose('docs/storage.md')

  test('names every table and every column that there is', () => {
    const columns = [...schemas.matchAll(/CREATE TABLE IF NOT EXISTS (\w+) \(([\s\S]*?)\)(?: WITHOUT ROWID)?;/g)].flatMap(
      ([, table = '', body = '']) => [
        table,
        ...[...body.matchAll(/(?:^|,)\s*([a-z_]+) (?:TEXT|INTEGER)/g)].map(([, column = '']) => column),
      ],
    )
    expect(columns.length).toBeGreaterThan(40)
    expect(columns.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })

  test('names every index', () => {
    const indexes = [...schemas.matchAll(/INDEX IF NOT EXISTS (\w+)/g)].map(([, name = '']) => name)
    expect(indexes.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
  })
})

describe('docs/ledger.md', () => {
  const page = prose('docs/ledger.md')
  const sections = [...page.matchAll(/^(?:### (.+)|## The envelope)\n([\s\S]*?)(?=^##)/gm)].map(([, title = 'envelope', text = '']) => ({
    title,
    text,
  }))

  /** The rows of a section's table: a member and its form. */
  function membersIn(title: string): Record<string, string> {
    const text = sections.find((section) => section.title.split(' · ').includes(title))?.text ?? ''
    return Object.fromEntries([...text.matchAll(/^\| `([a-z_]+)` \| ([a-z0-9]+\??) \|/gm)].map(([, name = '', form = '']) => [name, form]))
  }

  test('explains every type of entry and no other', () => {
    const titles = sections
      .flatMap(({ title }) => title.split(' · '))
      .filter((title) => /^`[a-z_]+`$/.test(title) && title !== '`credential_end`')
    expect(titles.sort()).toEqual(
      Object.keys(ENTRIES)
        .map((type) => `\`${type}\``)
        .sort(),
    )
  })

  test.each([
    ...Object.entries(ENTRIES).map(([type, members]) => [`\`${type}\``, members] as const),
    ['Inside `ask`', ASK_MEMBERS] as const,
    ['envelope', ENVELOPE] as const,
  ])('gives %s the members it has', (title, members) => {
    expect(membersIn(title)).toEqual(members)
  })
})

describe('docs/operations.md', () => {
  /** The rows of a section, as lists of cells. */
  function rowsIn(title: string): readonly (readonly string[])[] {
    const [, text = ''] = new RegExp(`^## ${title}\\n([\\s\\S]*?)(?=^## |$(?![\\s\\S]))`, 'm').exec(prose('docs/operations.md')) ?? []
    return [...text.matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) => row.split(' | ').map((cell) => cell.trim().replace(/^\| /, '')))
  }

  const codes = (cell = ''): readonly string[] => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name)

  test('explains every metric there is, and no other', () => {
    const made = [...readText('worker/metrics.ts').matchAll(/^ {2}(jobpass_\w+): \[/gm)].map(([, name = '']) => name)
    const explained = rowsIn('Metrics').flatMap(([first]) => codes(first).filter((name) => name.startsWith('jobpass_')))
    expect(made.length).toBeGreaterThan(20)
    expect([...explained].sort()).toEqual([...made].sort())
  })

  test('explains every event of the log and everything that can come of it', () => {
    const explained: Record<string, string[]> = {}
    let event = ''
    for (const row of [...prose('docs/operations.md').matchAll(/^\|([^|]*)\|([^|]*)\|[^|]*\|[^|]*\|$/gm)]) {
      const [[named], outcomes] = [codes(row[1]), codes(row[2])]
      if (named !== undefined && !Object.hasOwn(LOG_EVENTS, named)) continue
      event = named ?? event
      if (event !== '') explained[event] = [...(explained[event] ?? []), ...outcomes]
    }
    const sorted = (all: Readonly<Record<string, readonly string[]>>) =>
      Object.fromEntries(Object.entries(all).map(([name, outcomes]) => [name, [...outcomes].sort()]))
    expect(sorted(explained)).toEqual(sorted(LOG_EVENTS))
  })

  test('explains every field of the log', () => {
    const [, fields = ''] = /interface Fields \{([\s\S]*?)^\}/m.exec(readText('worker/log.ts')) ?? []
    const names = [...fields.matchAll(/readonly (\w+)\?/g)].map(([, name = '']) => name)
    expect(names.length).toBeGreaterThan(10)
    const [, log = ''] = prose('docs/operations.md').split('## The log\n')
    expect(names.filter((name) => !log.includes(`\`${name}\``))).toEqual([])
  })

  test('explains every reason /healthz can give', () => {
    const reasons = rowsIn('Health').map(([reason = '']) => reason.replaceAll('`', ''))
    for (const told of Object.values(TOLD)) expect(reasons.some((reason) => told.startsWith(reason) && reason.length > 10)).toBe(true)
  })
})

describe('docs/security-model.md', () => {
  const [, table = ''] = /^## What always holds\n([\s\S]*?)^## /m.exec(readText('docs/security-model.md')) ?? []
  const rows = [...table.matchAll(/^\| (\*\*.*?) \|(.*)\|$/gm)].map(([, invariant = '', tests = '']) => ({ invariant, tests }))

  test('has the invariants in one table', () => expect(rows.length).toBeGreaterThan(10))

  test.each(rows)('names a test that attacks: $invariant', ({ tests }) => {
    const named = [...tests.matchAll(/\]\(\.\.\/(test\/[\w./-]+\.test\.ts)\)/g)].map(([, path = '']) => path)
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })
})

describe('docs/decisions', () => {
  const records = filesBelow('docs/decisions', '.md')
    .map((path) => basename(path))
    .filter((name) => name !== 'README.md')

  test('are numbered without a gap, and all in the list', () => {
    expect(records.map((name) => Number(name.slice(0, 4)))).toEqual(records.map((_, index) => index + 1))
    const listed = [...readText('docs/decisions/README.md').matchAll(/\((\d{4}-[\w-]+\.md)\)/g)].map(([, name]) => name)
    expect(listed).toEqual(records)
  })

  test.each(records)('%s says what was the case, what was chosen, what follows', (name) => {
    const text = readText(`docs/decisions/${name}`)
    expect(text).toMatch(new RegExp(`^# ${name.slice(0, 4)} · `))
    for (const part of ['**Context.**', '**Decision.**', '**Consequences.**']) expect(text).toContain(part)
  })

  test('give every dependency its reason, and name none that is gone', () => {
    const manifest = z.looseObject({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
    const { dependencies, devDependencies } = manifest.parse(JSON.parse(readText('package.json')))
    const reasons = firstCells(readText('docs/decisions/0003-dependencies.md')).flatMap((cell) =>
      [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    )
    expect(reasons.sort()).toEqual([...Object.keys(dependencies), ...Object.keys(devDependencies)].sort())
  })
})

describe('docs/deploy.md', () => {
  const page = readText('docs/deploy.md')
  const [, AUTHORITIES = ''] = /^export AUTHORITIES='([\s\S]*?)'$/m.exec(page) ?? []
  const [, BROKER_ORIGIN = ''] = /^export BROKER_ORIGIN=(\S+)$/m.exec(page) ?? []

  test('shows a configuration that the broker takes', () => {
    const config = readConfig({ BROKER_ORIGIN, AUTHORITIES, SEALING_KEY: Buffer.alloc(32, 7).toString('base64') })
    expect(config.origin).toBe('https://jobpass.example.com')
    expect(Object.values(config.authorities).map((list) => list.length)).toEqual([1, 1, 1])
  })

  test('shows policy records that fit the example policy', () => {
    const files = filesBelow('examples/policy', '.yaml').map((name) => ({ name, text: readText(name) }))
    const shown = fences('docs/deploy.md', 'yaml').filter((text) => /^grants:/m.test(text))
    expect(shown).toHaveLength(1)
    const read = readPolicyFiles([...files, ...shown.map((text, index) => ({ name: `shown-${index}.yaml`, text }))])
    expect(read.ok ? [] : read.findings).toEqual([])
  })

  test('names every variable the configuration reads', () => {
    const sources = ['worker/env.ts', 'worker/sink-config.ts'].map(readText).join('\n')
    const read = [...sources.matchAll(/^ {2}([A-Z][A-Z_]+): /gm)].map(([, name = '']) => name)
    expect(read).toEqual(expect.arrayContaining(['BROKER_ORIGIN', 'AUTHORITIES', 'SEALING_KEY', 'KEY_ROTATION', 'SINK_URL', 'ARCHIVE']))
    expect(read.filter((name) => !name.startsWith('DEV_') && !page.includes(`\`${name}\``))).toEqual([])
  })
})

test('the licence is the one the package declares', () => {
  expect(JSON.parse(readText('package.json'))).toMatchObject({ license: 'Apache-2.0' })
  expect(readText('LICENSE')).toMatch(/^\s+Apache License\n\s+Version 2\.0, January 2004/)
})
