/** Events as messages of a Cloudflare queue. The queue has them when the call returns; in which order its consumers see them is theirs to mend, by number. */
import { ocsfEvent, shortened } from '../../shared/ocsf.ts'
import { err, ok } from '../../shared/result.ts'
import type { Deps } from '../deps.ts'
import { bounded } from './deadline.ts'
import type { Sink } from './sink.ts'

export type EventQueue = Pick<Queue, 'sendBatch'>

/** Cloudflare Queues takes 128 000 bytes a message with about 100 of its own, 256 000 and 100 messages a call. */
const MAX_MESSAGE_BYTES = 120_000
const MAX_CALL_BYTES = 240_000
const MESSAGE_OVERHEAD_BYTES = 200

const textEncoder = new TextEncoder()

export function queueSink(queue: EventQueue, deps: Deps): Sink {
  return {
    name: 'queue',
    async ship({ entries }) {
      const messages = entries.map(({ entry }) => fitting(ocsfEvent(entry, deps.config.origin)))
      const bytes = messages.reduce((sum, message) => sum + sizeOf(message) + MESSAGE_OVERHEAD_BYTES, 0)
      if (bytes > MAX_CALL_BYTES && messages.length > 1) return err({ why: 'rejected', detail: 'too much for one call' })
      const sent = await bounded(queue.sendBatch(messages.map((body) => ({ body, contentType: 'json' as const }))), 'the queue')
      return sent.ok ? ok(undefined) : sent
    },
  }
}

function fitting(event: ReturnType<typeof ocsfEvent>): ReturnType<typeof ocsfEvent> {
  return sizeOf(event) > MAX_MESSAGE_BYTES ? shortened(event) : event
}

function sizeOf(event: ReturnType<typeof ocsfEvent>): number {
  return textEncoder.encode(JSON.stringify(event)).byteLength
}
