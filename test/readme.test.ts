/** The README's examples, run: a policy that cannot be checked, a link that leads nowhere or a command that does not exist must not be on its first page. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadPolicy } from '../shared/policy/load.ts'
import { readPolicyFiles } from '../shared/policy/read-files.ts'
import { failedScenarios } from '../shared/policy/scenario.ts'

const readme = readFileSync('README.md', 'utf8')

function fences(language: string): string[] {
  return [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((match) => match[1] ?? '')
}

describe('the README', () => {
  it('begins with the two commands, and both exist', () => {
    const scripts: unknown = JSON.parse(readFileSync('package.json', 'utf8')).scripts
    expect(fences('sh')[0]).toMatch(/^npm ci && npm run demo .*\nnpm ci && npm test /)
    expect(scripts).toMatchObject({ demo: expect.any(String), test: expect.any(String), jobpass: expect.any(String) })
  })

  it('shows a policy that passes the check and its own scenarios', () => {
    const text = fences('yaml').find((fence) => fence.startsWith('jobpass: 1')) ?? ''
    const read = readPolicyFiles([{ name: 'policy.yaml', text }])
    if (!read.ok) throw new Error(read.findings.map(({ line, message }) => `${line}: ${message}`).join('\n'))
    expect(failedScenarios(read.document, loadPolicy(read.document, 'sha256:00'))).toEqual([])
    expect(read.document.scenarios).toHaveLength(2)
  })

  it('links only to files that are there', () => {
    const targets = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map((match) => match[1] ?? '')
    expect(targets.length).toBeGreaterThan(15)
    expect(targets.filter((target) => !existsSync(target))).toEqual([])
  })
})
