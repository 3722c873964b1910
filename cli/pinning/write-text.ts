/** Replaces the text of a file that was read before: whole or not at all, never over a change somebody made meanwhile. Mode and byte-order mark stay. */
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { err, ok, type Result } from '../../shared/result.ts'
import { reason } from '../broker.ts'

const BYTE_ORDER_MARK = '\uFEFF'

/** `before` is the text as it was read, without a byte-order mark. An error is a sentence. */
export async function replaceText(path: string, before: string, after: string): Promise<Result<true, string>> {
  let draft: string | undefined
  try {
    const file = await realpath(path)
    const now = await readFile(file, 'utf8')
    const mark = now.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : ''
    if (now !== mark + before) return err(`${path} was changed meanwhile; nothing was written to it`)
    const { mode } = await stat(file)
    draft = `${file}.jobpass-pin`
    await writeFile(draft, mark + after, { mode, flag: 'wx' })
    await rename(draft, file)
    return ok(true)
  } catch (thrown) {
    if (draft !== undefined && !isTaken(thrown)) await rm(draft, { force: true })
    return err(`${path} could not be written: ${reason(thrown)}`)
  }
}

/** The draft is somebody else's. */
function isTaken(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST'
}
