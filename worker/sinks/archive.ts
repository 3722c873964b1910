/**
 * The archive: closed segments of a ledger in an R2 bucket, as the lines of an export, so that segments put end to end are an export again. A segment is
 * written once and never over another: bucket locks make that the bucket's rule too. Beside them, once an hour, a signed checkpoint with the key set.
 */
import { createHash } from 'node:crypto'
import { err, ok, type Result } from '../../shared/result.ts'
import { signedCheckpoint } from '../checkpoint.ts'
import type { Deps } from '../deps.ts'
import { bounded } from './deadline.ts'
import type { Batch, NotTaken, Sink } from './sink.ts'

export type ArchiveBucket = Pick<R2Bucket, 'get' | 'head' | 'put'>

/** Names sort as numbers do up to here. */
const DIGITS = 12
const HOUR_CHARACTERS = '2026-11-22T01'.length
const NDJSON = { contentType: 'application/x-ndjson' }
/** RFC 9110 §13.1.2: only where there is nothing yet. */
const ONLY_NEW = { etagDoesNotMatch: '*' }

export function archiveSink(bucket: ArchiveBucket, deps: Deps): Sink {
  return {
    name: 'archive',
    async ship(batch) {
      const written = await writeSegment(bucket, batch)
      // what hangs must not hold up the alarm, which has credentials to end; late, it may still be done
      if (written.ok) await bounded(writeCheckpoint(bucket, deps), 'the bucket')
      return written
    },
  }
}

/** `ledger/<name, percent-encoded>/<first>-<last>.ndjson` */
function segmentKey({ ledger, first, last }: Pick<Batch, 'ledger' | 'first' | 'last'>): string {
  const [from, to] = [first, last].map((seq) => String(seq).padStart(DIGITS, '0'))
  return `ledger/${encodeURIComponent(ledger)}/${from}-${to}.ndjson`
}

async function writeSegment(bucket: ArchiveBucket, batch: Batch): Promise<Result<void, NotTaken>> {
  const key = segmentKey(batch)
  const bytes = new TextEncoder().encode(batch.entries.map(({ line }) => `${line}\n`).join(''))
  const sha256 = hexHash(bytes)
  const { ledger, first, last } = batch
  const customMetadata = { ledger, first: String(first), last: String(last), sha256 }
  const put = await bounded(bucket.put(key, bytes, { onlyIf: ONLY_NEW, httpMetadata: NDJSON, customMetadata, sha256 }), 'the bucket')
  if (put.ok && put.value !== null) return ok(undefined)
  // there is one already, of a try whose answer got lost; or a lock forbids to ask
  const found = await bounded(readHash(bucket, key), 'the bucket')
  if (!found.ok) return found
  if (found.value === sha256) return ok(undefined)
  if (found.value !== undefined) return err({ why: 'conflict', detail: 'the bucket holds another content under the name of this segment' })
  return put.ok ? err({ why: 'failed', detail: 'the bucket did not keep the segment' }) : put
}

async function readHash(bucket: ArchiveBucket, key: string): Promise<string | undefined> {
  const found = await bucket.get(key)
  return found === null ? undefined : hexHash(new Uint8Array(await found.arrayBuffer()))
}

function hexHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The first segment closed in an hour brings a checkpoint of all ledgers, in the form an export ends with. A checkpoint that cannot be had holds nothing up. */
async function writeCheckpoint(bucket: ArchiveBucket, deps: Deps): Promise<void> {
  const key = `checkpoint/${new Date(deps.nowMs()).toISOString().slice(0, HOUR_CHARACTERS)}.ndjson`
  try {
    if ((await bucket.head(key)) !== null) return
    const lines = [
      { type: 'checkpoint', note: await signedCheckpoint(deps) },
      { type: 'keys', keys: await deps.keys.publicKeys() },
    ]
    await bucket.put(key, lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { onlyIf: ONLY_NEW, httpMetadata: NDJSON })
  } catch {
    deps.log({ event: 'sink', outcome: 'no_checkpoint', sink: 'archive', detail: 'the checkpoint of this hour could not be made or kept' })
  }
}
