import { describe, expect, test } from 'vitest'
import { readOptions, usageError } from '../../cli/options.ts'
import { testIo } from './io.ts'

const SPEC = { operands: ['DIR'], options: { broker: 'required', port: 'value', quiet: 'flag' } } as const

function problems(...args: string[]): readonly string[] {
  const read = readOptions(args, SPEC)
  return read.ok ? [] : read.error
}

describe('the words after a command', () => {
  test('are options, wherever they stand, and operands', () => {
    const read = readOptions(['--port=1', 'here', '--broker', 'b', '--quiet'], SPEC)
    expect(read.ok).toBe(true)
    if (!read.ok) return
    expect(read.value.operands).toEqual(['here'])
    expect([read.value.option('port'), read.value.option('broker'), read.value.option('other')]).toEqual(['1', 'b', undefined])
    expect([read.value.flag('quiet'), read.value.flag('other')]).toEqual([true, false])
  })

  test('end their options at --', () => {
    const read = readOptions(['--broker', 'b', '--', '--dir'], SPEC)
    expect(read).toMatchObject({ ok: true, value: { operands: ['--dir'] } })
  })

  test.each([
    [
      ['d', '--broker', 'b', '--prot', '1'],
      ['unknown option --prot (did you mean "--port"?)', 'unexpected "1"'],
    ],
    [['d', '--broker', 'b', '-x'], ['unknown option -x']],
    [['d'], ['--broker is missing']],
    [['--broker', 'b'], ['DIR is missing']],
    [['d', '--broker'], ['--broker needs a value']],
    [['d', '--broker='], ['--broker needs a value']],
    [['d', '--broker', 'b', '--broker', 'c'], ['--broker is given twice']],
    [['d', 'e', '--broker', 'b'], ['unexpected "e"']],
    [['d', '--broker', 'b', '--quiet=yes'], ['--quiet takes no value']],
    [
      ['d', '--broker', 'b', '--__proto__', 'x'],
      ['unknown option --__proto__', 'unexpected "x"'],
    ],
    [['d', '--broker', 'b', '--constructor'], ['unknown option --constructor']],
    [[], ['DIR is missing', '--broker is missing']],
  ])('%j are refused, every mistake named', (args, expected) => {
    expect(problems(...args)).toEqual(expected)
  })

  test('that are wrong end the command with 2 and say where help is', () => {
    const io = testIo()
    expect(usageError(io, 'dev', ['DIR is missing'])).toBe(2)
    expect(io.errors()).toBe('jobpass dev: DIR is missing\nRun `jobpass dev --help` for how it is used.\n')
    expect(io.out()).toBe('')
  })
})
