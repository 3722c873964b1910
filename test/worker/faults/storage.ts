/** A ledger's storage that fails at one of its writes: a row, the alarm, or the commit. Every write is noted in order, so that each can be made to fail in turn. */
import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'

export interface FailingStorage {
  /** Every write so far, as `INSERT entry`. */
  readonly writes: readonly string[]
  readonly mend: () => Promise<void>
}

const WRITE = /^(INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) (\w+)/

/** From now on each write is asked about; the real thing is done by the real storage. */
export async function failingStorage(
  ledger: string,
  failsAt: (index: number, write: string) => boolean = () => false,
): Promise<FailingStorage> {
  const writes: string[] = []
  const write = (name: string): void => {
    if (failsAt(writes.push(name) - 1, name)) throw new Error(`the disk is full: ${name}`)
  }
  const stub = env.LEDGER.getByName(ledger)
  await runInDurableObject(stub, (_ledger, { storage }) => {
    const { sql } = storage
    const exec = sql.exec.bind(sql)
    const watched: typeof sql.exec = (query, ...bindings) => {
      const [, verb, table] = WRITE.exec(query.trim()) ?? []
      if (verb !== undefined) write(`${verb.split(' ')[0]} ${table}`)
      return exec(query, ...bindings)
    }
    Object.defineProperty(sql, 'exec', { value: watched, configurable: true })
    const { setAlarm, sync } = storage
    Object.defineProperty(storage, 'setAlarm', {
      configurable: true,
      value: async (at: number): Promise<void> => {
        write('setAlarm')
        await setAlarm.call(storage, at)
      },
    })
    Object.defineProperty(storage, 'sync', {
      configurable: true,
      value: async (): Promise<void> => {
        write('sync')
        await sync.call(storage)
      },
    })
  })
  const mend = (): Promise<void> =>
    runInDurableObject(stub, (_ledger, { storage }) => {
      Reflect.deleteProperty(storage.sql, 'exec')
      for (const member of ['setAlarm', 'sync']) Reflect.deleteProperty(storage, member)
    })
  return { writes, mend }
}
