/** One lint, one file, one page: what the pages say is what the lints are, and every example is found, or not, where the page says so. */
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { LINTS } from '../../../shared/policy/lint.ts'
import { filesBelow, readText } from '../../import-graph.ts'
import { lintFindings } from './lint-findings.ts'

const TODAY = '2026-11-22'
const MARK = '# ← here'

function fence(page: string, name: string): string {
  return new RegExp(`^\`\`\`yaml ${name}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(page)?.[1] ?? ''
}

const index = readText('docs/lints/README.md')
const base = { name: 'base.yaml', text: fence(index, 'base') }

test('there is a file and a page for each lint and for nothing else', () => {
  const ids = LINTS.map(({ id }) => id).sort()
  const names = (folder: string, ending: string): readonly string[] => filesBelow(folder, ending).map((path) => basename(path, ending))
  expect(
    names('shared/policy/lints', '.ts')
      .filter((name) => name !== 'lint')
      .sort(),
  ).toEqual(ids)
  expect(
    names('docs/lints', '.md')
      .filter((name) => name !== 'README')
      .sort(),
  ).toEqual(ids)
})

describe.each(LINTS)('$id', ({ id, severity, why, fix }) => {
  const page = readText(`docs/lints/${id}.md`)
  /** Of the example alone: what it leaves unused of the records of all is not its business. */
  const of = (text: string) =>
    lintFindings([base, { name: 'example.yaml', text }], TODAY).filter((finding) => finding.id === id && finding.file === 'example.yaml')

  test('says what it is in its file, on its page and in the index', () => {
    expect(readText(`shared/policy/lints/${id}.ts`)).toContain(`id: '${id}'`)
    for (const part of [`# \`${id}\`\n`, `Severity: ${severity}.`, `**Why.** ${why}\n`, `**Fix.** ${fix}\n`]) expect(page).toContain(part)
    expect(index).toContain(`| [\`${id}\`](${id}.md) | ${severity} | ${why} |\n`)
  })

  test('finds the example where it is marked', () => {
    const text = fence(page, 'found')
    const line = text.split('\n').findIndex((each) => each.endsWith(MARK)) + 1
    expect(of(text).map((finding) => ({ file: finding.file, line: finding.line, severity: finding.severity }))).toEqual([
      { file: 'example.yaml', line, severity },
    ])
  })

  test('finds nothing in the mended example', () => {
    expect(fence(page, 'mended')).not.toBe('')
    expect(of(fence(page, 'mended'))).toEqual([])
  })

  test('is silenced by its comment', () => {
    const text = fence(page, 'found').replace(MARK, `# jobpass-ignore: ${id} it is meant`)
    expect(of(text)).toEqual([])
  })
})
