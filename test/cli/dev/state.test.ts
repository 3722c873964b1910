import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openState, StateUnusable } from '../../../cli/dev/state.ts'

let folder: string

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'jobpass-test-')), 'state')
})

afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }))

describe('the state folder of dev', () => {
  test('is made once and gives the same keys again', async () => {
    const first = await openState(folder)
    await first.release()
    const second = await openState(folder)
    expect(second.sealingKey).toBe(first.sealingKey)
    expect(second.issuerKey).toEqual(first.issuerKey)
    expect(Buffer.from(first.sealingKey, 'base64')).toHaveLength(32)
    await second.release()
  })

  test('lets nobody else read the keys', async () => {
    const state = await openState(folder)
    expect((await stat(folder)).mode & 0o777).toBe(0o700)
    for (const file of ['sealing-key', 'issuer-key.json']) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
    await state.release()
  })

  test('is not needed: without one the keys are new each time and on no disk', async () => {
    const [one, two] = [await openState(undefined), await openState(undefined)]
    expect(one.sealingKey).not.toBe(two.sealingKey)
    expect(one.storageDir).toBeUndefined()
  })

  test.each(['sealing-key', 'issuer-key.json'])('is refused when %s is damaged, and not made anew over it', async (file) => {
    await (await openState(folder)).release()
    await writeFile(join(folder, file), 'damaged')
    await expect(openState(folder)).rejects.toBeInstanceOf(StateUnusable)
    expect(await readFile(join(folder, file), 'utf8')).toBe('damaged')
  })

  test('belongs to one process; one that is gone does not keep it', async () => {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => undefined, 1000)'])
    await (await openState(folder)).release()
    await writeFile(join(folder, 'dev.pid'), `${other.pid}\n`)
    await expect(openState(folder)).rejects.toThrow(`in use by the process ${other.pid}`)
    const gone = new Promise((settle) => other.on('exit', settle))
    other.kill('SIGKILL')
    await gone
    await (await openState(folder)).release()
  })
})
