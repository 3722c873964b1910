import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { makeHolderKey } from '../../action/holder-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'jobpass-test-key-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('is a key that OpenSSH reads, with the public line it announces', () => {
  for (let index = 0; index < 8; index += 1) {
    const key = makeHolderKey()
    const path = join(folder, `id_${index}`)
    writeFileSync(path, key.privateFile.reveal(), { mode: 0o600 })
    expect(execFileSync('ssh-keygen', ['-y', '-P', '', '-f', path], { encoding: 'utf8' }).trim()).toBe(key.publicLine)
  }
})

it('signs what OpenSSH verifies with the public line', () => {
  const key = makeHolderKey()
  writeFileSync(join(folder, 'signer'), key.privateFile.reveal(), { mode: 0o600 })
  writeFileSync(join(folder, 'message'), 'hello')
  writeFileSync(join(folder, 'allowed'), `deploy ${key.publicLine}\n`)
  execFileSync('ssh-keygen', ['-q', '-Y', 'sign', '-f', join(folder, 'signer'), '-n', 'test', join(folder, 'message')], { stdio: 'ignore' })
  const verify = ['-Y', 'verify', '-f', join(folder, 'allowed'), '-I', 'deploy', '-n', 'test', '-s', join(folder, 'message.sig')]
  expect(execFileSync('ssh-keygen', verify, { input: 'hello', encoding: 'utf8' })).toContain('Good "test" signature for deploy')
})

it('is another one every time, and does not show itself', () => {
  const keys = Array.from({ length: 20 }, makeHolderKey)
  expect(new Set(keys.map(({ publicLine }) => publicLine)).size).toBe(20)
  expect(JSON.stringify(keys)).not.toContain('PRIVATE')
})
