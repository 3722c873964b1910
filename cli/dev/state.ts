/**
 * What `dev` keeps between runs in its state folder: the sealing key, the local issuer's key, the Durable Objects. Without a state
 * folder the keys live in memory alone. Files are readable by their owner only, and one `dev` at a time has the folder.
 */
import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { JWK } from 'jose'
import * as z from 'zod'
import { newIssuerKey } from './issuer.ts'

export interface DevState {
  readonly sealingKey: string
  readonly issuerKey: JWK
  /** Absent: in a temporary folder. */
  readonly storageDir?: string
  release(): Promise<void>
}

/** The state folder cannot be used; the message says why and what to do. */
export class StateUnusable extends Error {
  override readonly name = 'StateUnusable'
}

const sealingKeyFile = z.base64().refine((text) => Buffer.from(text, 'base64').length === 32)
const issuerKeyFile = z.looseObject({ kty: z.literal('RSA'), kid: z.string(), n: z.string(), e: z.string(), d: z.string() })

export async function openState(dir: string | undefined): Promise<DevState> {
  if (dir === undefined) return { sealingKey: newSealingKey(), issuerKey: await newIssuerKey(), release: () => Promise.resolve() }
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const lock = await lockFolder(dir)
  const sealingKey = await kept(join(dir, 'sealing-key'), newSealingKey)
  const issuerKey = await kept(join(dir, 'issuer-key.json'), async () => JSON.stringify(await newIssuerKey()))
  return {
    sealingKey: usable(join(dir, 'sealing-key'), sealingKeyFile.safeParse(sealingKey.trim())),
    issuerKey: usable(join(dir, 'issuer-key.json'), issuerKeyFile.safeParse(parseJson(issuerKey))),
    storageDir: join(dir, 'objects'),
    release: () => rm(lock, { force: true }),
  }
}

function newSealingKey(): string {
  return randomBytes(32).toString('base64')
}

function usable<T>(file: string, read: { readonly success: true; readonly data: T } | { readonly success: false }): T {
  if (read.success) return read.data
  throw new StateUnusable(`${file} is damaged; without it the state beside it cannot be read. Use another --state folder`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The file's content; made once, whole or not at all. */
async function kept(file: string, make: () => string | Promise<string>): Promise<string> {
  const present = await readIfPresent(file)
  if (present !== undefined) return present
  const content = await make()
  await writeFile(`${file}.new`, content, { mode: 0o600, flush: true })
  await rename(`${file}.new`, file)
  return content
}

async function readIfPresent(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Two brokers on one state would each believe they alone write it. A lock of a process that is gone is taken over. */
async function lockFolder(dir: string): Promise<string> {
  const lock = join(dir, 'dev.pid')
  const holder = Number(await readIfPresent(lock))
  if (Number.isSafeInteger(holder) && holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new StateUnusable(`${dir} is in use by the process ${holder}. If that is no jobpass dev, delete ${lock}`)
  }
  await writeFile(lock, `${process.pid}\n`)
  return lock
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
