import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fingerprint, type Watch, watchFolder } from '../../../cli/dev/watch.ts'

let folder: string
let calls: number
let watch: Watch

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
  await writeFile(join(folder, 'a.yaml'), 'one')
  calls = 0
  watch = watchFolder(folder, await fingerprint(folder), async () => {
    calls++
  })
})

afterEach(async () => {
  await watch.stop()
  await rm(folder, { recursive: true, force: true })
})

async function calledOnce(): Promise<void> {
  for (let waited = 0; waited < 5_000 && calls === 0; waited += 20) await sleep(20)
  await sleep(500)
  expect(calls).toBe(1)
}

describe('the watch over a policy folder', () => {
  test('notices a save in place', async () => {
    await writeFile(join(folder, 'a.yaml'), 'two')
    await calledOnce()
  })

  test('notices a save by rename, with the same length', async () => {
    await writeFile(join(folder, 'a.yaml~'), 'eno')
    await rename(join(folder, 'a.yaml~'), join(folder, 'a.yaml'))
    await calledOnce()
  })

  test('notices a new file in a new folder, a removed file and a removed folder', async () => {
    await mkdir(join(folder, 'team'))
    await writeFile(join(folder, 'team', 'b.yml'), 'b')
    await calledOnce()
    calls = 0
    await rm(join(folder, 'a.yaml'))
    await calledOnce()
    calls = 0
    await rm(folder, { recursive: true })
    await calledOnce()
  })

  test('takes a save in several pieces for one, and other files for none', async () => {
    for (let piece = 0; piece < 8; piece++) {
      await writeFile(join(folder, 'a.yaml'), `piece ${piece}`)
      await sleep(60)
    }
    await writeFile(join(folder, 'README.md'), 'no policy')
    await calledOnce()
  })

  test('notices what changed between its start and the fingerprint it was given', async () => {
    await watch.stop()
    const since = await fingerprint(folder)
    await writeFile(join(folder, 'a.yaml'), 'meanwhile')
    watch = watchFolder(folder, since, async () => {
      calls++
    })
    await calledOnce()
  })

  test('is silent once stopped', async () => {
    await watch.stop()
    await writeFile(join(folder, 'a.yaml'), 'late')
    await sleep(600)
    expect(calls).toBe(0)
  })
})
