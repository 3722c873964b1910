import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { brokerConfig, capnpText } from '../../../cli/dev/capnp.ts'
import { startWorkerd, type Workerd, WorkerdFailed } from '../../../cli/dev/workerd.ts'

const WORKER = `
import { DurableObject } from 'cloudflare:workers'
export class Diary extends DurableObject {
  constructor(ctx, env) { super(ctx, env); ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS line (what TEXT)') }
  async write(what, alarmMs) {
    this.ctx.storage.sql.exec('INSERT INTO line VALUES (?)', what)
    if (alarmMs > 0) await this.ctx.storage.setAlarm(Date.now() + alarmMs)
  }
  alarm() { this.ctx.storage.sql.exec("INSERT INTO line VALUES ('alarm')") }
  lines() { return this.ctx.storage.sql.exec('SELECT what FROM line').toArray().map((row) => row.what) }
}
export default {
  async fetch(request, env) {
    const url = new URL(request.url)
    const diary = env.DIARY.getByName('one')
    if (url.pathname === '/write') await diary.write(url.searchParams.get('what'), Number(url.searchParams.get('alarm')))
    if (url.pathname === '/fetch') return fetch(url.searchParams.get('url'))
    console.log('seen', url.pathname)
    return Response.json({ lines: await diary.lines(), binding: env.TEXT, address: request.headers.get('cf-connecting-ip') })
  },
}
`

const HOSTILE = 'quote " backslash \\ newline \n tab \t bell \x07 "), (name = "X", text = "'

let folder: string
const running: Workerd[] = []
let printed = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'jobpass-test-'))
  // scratch folders of others must not count
  await mkdir(join(folder, 'tmp'))
  process.env.TMPDIR = join(folder, 'tmp')
  await writeFile(join(folder, 'worker.js'), WORKER)
})

afterAll(async () => {
  await Promise.all(running.map((workerd) => workerd.stop()))
  await rm(folder, { recursive: true, force: true })
})

async function start(storageDir?: string, port = 0): Promise<Workerd> {
  const workerd = await startWorkerd({
    script: join(folder, 'worker.js'),
    port,
    durableObjects: { DIARY: 'Diary' },
    bindings: { TEXT: HOSTILE },
    log: (text) => {
      printed += text
    },
    ...(storageDir === undefined ? {} : { storageDir }),
  })
  running.push(workerd)
  return workerd
}

async function ask(workerd: Workerd, path: string): Promise<{ lines: string[]; binding: string; address: string }> {
  const response = await fetch(`http://127.0.0.1:${workerd.port}${path}`)
  return response.json() as Promise<{ lines: string[]; binding: string; address: string }>
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let waited = 0; waited < 8_000; waited += 50) {
    if (holds()) return
    await sleep(50)
  }
  expect.fail(`still not so: ${what}`)
}

async function scratchFolders(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('jobpass-workerd-')).sort()
}

describe('the workerd configuration', () => {
  test('keeps every value inside its quotes', () => {
    expect(capnpText('a"b\\c\n\x01é')).toBe('"a\\"b\\\\c\\n\\x01é"')
    expect(() => capnpText('a\0b')).toThrow(TypeError)
  })

  test('names no storage when there are no objects', () => {
    const config = brokerConfig({ moduleName: 'w.js', storageDir: '/s', durableObjects: {}, bindings: {} })
    expect(config).not.toContain('durableObjectStorage')
  })
})

describe('a worker in plain workerd', () => {
  test('serves on loopback with its bindings intact, its address told, its console passed on', async () => {
    const workerd = await start()
    const answer = await ask(workerd, '/hello')
    expect(answer).toEqual({ lines: [], binding: HOSTILE, address: '127.0.0.1' })
    await until(() => printed.includes('seen /hello'), 'the console was passed on')
    await workerd.stop()
    expect(isAlive(workerd.pid)).toBe(false)
  })

  test('can reach a loopback upstream', async () => {
    const upstream = createServer((_, response) => response.end('hi'))
    await new Promise<void>((settle) => upstream.listen(0, '127.0.0.1', settle))
    const address = upstream.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const workerd = await start()
    const response = await fetch(`http://127.0.0.1:${workerd.port}/fetch?url=http://127.0.0.1:${port}/`)
    expect(await response.text()).toBe('hi')
    await workerd.stop()
    upstream.closeAllConnections()
    await new Promise((settle) => upstream.close(settle))
  })

  test('keeps rows and alarms over a restart: one due meanwhile rings at once, one due later rings later', async () => {
    const storageDir = join(folder, 'kept')
    const first = await start(storageDir)
    await ask(first, '/write?what=before&alarm=400')
    await first.stop()
    await sleep(600)
    const second = await start(storageDir)
    await ask(second, '/')
    await sleep(500)
    expect((await ask(second, '/')).lines).toEqual(['before', 'alarm'])
    await ask(second, '/write?what=again&alarm=1500')
    await second.stop()
    const third = await start(storageDir)
    expect((await ask(third, '/')).lines).toEqual(['before', 'alarm', 'again'])
    await sleep(1_900)
    expect((await ask(third, '/')).lines).toEqual(['before', 'alarm', 'again', 'alarm'])
    await third.stop()
  })

  test('loses nothing that was answered when it is killed', async () => {
    const storageDir = join(folder, 'killed')
    const first = await start(storageDir)
    await ask(first, '/write?what=durable')
    process.kill(first.pid, 'SIGKILL')
    expect(await first.exited).toBe('SIGKILL')
    const second = await start(storageDir)
    expect((await ask(second, '/')).lines).toEqual(['durable'])
    await second.stop()
  })

  test('leaves no file of its own behind, and forgets a storage it was not told to keep', async () => {
    const workerd = await start()
    await ask(workerd, '/write?what=x')
    expect(await scratchFolders()).toHaveLength(1)
    await workerd.stop()
    await workerd.stop()
    expect(await scratchFolders()).toEqual([])
  })

  test('says what is wrong when it cannot start, and leaves nothing running', async () => {
    await writeFile(join(folder, 'broken.js'), 'export default {')
    const broken = startWorkerd({ script: join(folder, 'broken.js'), port: 0, durableObjects: {}, bindings: {}, log: () => undefined })
    const error: unknown = await broken.then(
      () => undefined,
      (cause: unknown) => cause,
    )
    expect(error).toBeInstanceOf(WorkerdFailed)
    expect(String(error)).toContain('SyntaxError')
    expect(await scratchFolders()).toEqual([])
  })
})

describe('when the process that started workerd is killed', () => {
  test.each(['SIGKILL', 'SIGTERM'] as const)('by %s, workerd and its scratch folder go too', async (signal) => {
    const parent = join(folder, 'parent.ts')
    const source = join(import.meta.dirname, '../../../cli/dev/workerd.ts')
    await writeFile(
      parent,
      `import { startWorkerd } from ${JSON.stringify(source)}
       const workerd = await startWorkerd({ script: ${JSON.stringify(join(folder, 'worker.js'))}, port: 0,
         durableObjects: { DIARY: 'Diary' }, bindings: { TEXT: '' }, log: () => undefined })
       process.stdout.write(String(workerd.pid))
       setInterval(() => undefined, 1000)`,
    )
    const child = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] })
    const pid = await new Promise<number>((settle) => child.stdout.once('data', (text) => settle(Number(text))))
    expect(isAlive(pid)).toBe(true)
    expect(await scratchFolders()).toHaveLength(1)
    child.kill(signal)
    await until(() => !isAlive(pid), 'workerd is gone')
    await sleep(300)
    expect(await scratchFolders()).toEqual([])
    expect(existsSync(`/proc/${pid}`)).toBe(false)
  })
})
