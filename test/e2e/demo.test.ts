import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')

test('npm run demo shows that all of it is so, in less than a minute, and leaves nothing behind', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'jobpass-test-'))
  const { status, stdout, stderr } = spawnSync(process.execPath, ['examples/demo/main.ts'], {
    cwd: ROOT,
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, TMPDIR: scratch },
  })
  expect(status, stdout + stderr).toBe(0)
  expect(stdout).toContain('All of it is so.')
  expect(stdout).not.toContain('NOT SO')
  for (const sentence of [
    'let the job in',
    'is refused, and the step fails',
    'good for one exchange',
    'every lease is over',
    'verified offline',
  ]) {
    expect(stdout).toContain(sentence)
  }
  expect(stdout.includes('runs its command') || stdout.includes('NOT SHOWN')).toBe(true)
  expect(stdout).not.toMatch(/eyJ[A-Za-z0-9_-]{20}/)
  expect(readdirSync(scratch)).toEqual([])
  rmSync(scratch, { recursive: true })
}, 70_000)
