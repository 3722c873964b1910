import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { EXAMPLE_POLICY, JOBPASS } from './dev-process.ts'

const ROOT = join(import.meta.dirname, '../..')
const COMMANDS = [
  'check',
  'explain',
  'compile',
  'publish',
  'exchange',
  'dev',
  'ledger',
  'freeze',
  'thaw',
  'freezes',
  'leases',
  'revoke',
  'inventory',
  'report',
  'metrics',
]

function run(...args: string[]): { code: number | null; out: string; errors: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [JOBPASS, ...args], { encoding: 'utf8' })
  return { code: status, out: stdout, errors: stderr }
}

describe('jobpass', () => {
  test.each([['--help'], ['help'], ['-h']])('%s lists every command on standard output', (word) => {
    const { code, out, errors } = run(word)
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    for (const name of COMMANDS) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'))
  })

  test.each(COMMANDS)('%s --help explains the command, its options and its exit codes, and runs nothing', (name) => {
    const { code, out, errors } = run(name, '--help')
    expect({ code, errors }).toEqual({ code: 0, errors: '' })
    expect(out).toContain(`jobpass ${name}`)
    expect(out).toMatch(/exit/i)
    expect(run('help', name).out).toBe(out)
  })

  test('--version is that of package.json', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
    expect(run('--version')).toEqual({ code: 0, out: `${version}\n`, errors: '' })
  })

  test('without a command shows all of them, as an error', () => {
    const { code, out, errors } = run()
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(errors).toContain('exchange')
  })

  test.each([
    ['chekc', 'did you mean "check"'],
    ['--hepl', 'no command'],
    ['constructor', 'no command'],
  ])('knows no command %s', (word, said) => {
    const { code, errors } = run(word)
    expect(code).toBe(2)
    expect(errors).toContain(said)
  })

  test('ends with the exit code of its command', () => {
    expect(run('check', EXAMPLE_POLICY).code).toBe(0)
    expect(run('check', '/nowhere').code).toBe(2)
    const digest = run('compile', EXAMPLE_POLICY, '--digest')
    expect(digest.code).toBe(0)
    expect(digest.out).toMatch(/^sha256:[0-9a-f]{64}\n$/)
  })

  test('does not complain when its reader has seen enough', () => {
    const { status, stderr } = spawnSync(
      '/bin/sh',
      ['-c', `"${process.execPath}" dist/jobpass/main.js compile examples/policy | head -c 1`],
      {
        cwd: ROOT,
        encoding: 'utf8',
      },
    )
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
