/**
 * The lines of a file, one after the other, in memory that does not grow with the file. A line that is too long ends the reading: it is never held whole.
 */
import { createReadStream } from 'node:fs'

/** An export's longest lines are checkpoints of very many ledgers. */
export const MAX_LINE_BYTES = 16 * 1024 * 1024

const CHUNK_BYTES = 1024 * 1024
const NEWLINE = 0x0a

/** What is read of a line: its text, or `undefined` for one longer than `MAX_LINE_BYTES`, after which nothing more is read. */
export type FileLine = Buffer | undefined

/** Rejects when the file cannot be read. Lines of one chunk come together, because a promise for each would cost more than the line. */
export async function* fileLines(path: string): AsyncGenerator<readonly FileLine[]> {
  let rest: Buffer[] = []
  let restBytes = 0
  for await (const piece of createReadStream(path, { highWaterMark: CHUNK_BYTES })) {
    const chunk: Buffer = piece
    const lines: FileLine[] = []
    let start = 0
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const tail = chunk.subarray(start, end)
      lines.push(restBytes === 0 ? tail : Buffer.concat([...rest, tail]))
      rest = []
      restBytes = 0
      start = end + 1
    }
    if (start < chunk.length) rest.push(Buffer.from(chunk.subarray(start)))
    restBytes += chunk.length - start
    yield restBytes > MAX_LINE_BYTES ? [...lines, undefined] : lines
    if (restBytes > MAX_LINE_BYTES) return
  }
  if (restBytes > 0) yield [Buffer.concat(rest)]
}
