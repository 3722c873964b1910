/** A terminal for commands run inside a test: it keeps what they print. */
import type { CommandIo } from '../../cli/command.ts'

export interface TestIo extends CommandIo {
  readonly out: () => string
  readonly errors: () => string
}

export function testIo(cwd: string = process.cwd()): TestIo {
  let out = ''
  let errors = ''
  return {
    stdout: (text) => {
      out += text
    },
    stderr: (text) => {
      errors += text
    },
    cwd,
    out: () => out,
    errors: () => errors,
  }
}
