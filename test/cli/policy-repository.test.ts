/** The repository that is there to be copied: its policy is clean, and every file of it has an owner. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkCommand } from '../../cli/commands/check.ts'
import { filesBelow, ROOT, readText } from '../import-graph.ts'
import { testIo } from './io.ts'

const FOLDER = 'examples/policy-repository'

test('its policy is clean', async () => {
  const io = testIo(ROOT)
  expect([await checkCommand([`${FOLDER}/policy`], io), io.out()]).toEqual([0, ''])
})

test('CODEOWNERS has an owner for everything, and names no folder that is not there', () => {
  const lines = readText(`${FOLDER}/.github/CODEOWNERS`)
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/))
  expect(lines[0]?.[0]).toBe('*')
  for (const [path = '', ...owners] of lines) {
    expect(owners).toContain('@acme/security')
    if (path !== '*') expect(existsSync(join(ROOT, FOLDER, path)), path).toBe(true)
  }
  expect(filesBelow(`${FOLDER}/policy`, '.yaml').length).toBeGreaterThan(2)
})
