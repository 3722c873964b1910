/**
 * What the bindings say about sinks: which there are, and how long an entry may wait for them. Every one is optional; without any, nothing is shipped and
 * nothing is paid. The address of a sink is configuration, so that no policy and no caller can name one.
 */
import * as z from 'zod'
import { parseDuration, type Seconds } from '../shared/units.ts'

export interface SinkConfig {
  /** Where batches of events are posted. */
  readonly url: string | undefined
  /** Where alarms are posted. */
  readonly notifyUrl: string | undefined
  readonly archive: boolean
  readonly queue: boolean
  /** How long an event may wait to be shipped while nothing is wrong. */
  readonly delay: Seconds
  /** How old the first entry of an archive segment may get before the segment is closed. */
  readonly archiveAfter: Seconds
}

const DEFAULT_DELAY: Seconds = 30
const DEFAULT_ARCHIVE_AFTER: Seconds = 900
const LONGEST_WAIT: Seconds = 86_400

const wait = z
  .string()
  .refine((text) => (parseDuration(text) ?? LONGEST_WAIT + 1) <= LONGEST_WAIT, 'a duration of at most a day, such as 30s')
  .transform(parseDuration)

const address = z
  .string()
  .max(2_000)
  .refine((text) => {
    const url = URL.parse(text)
    return url !== null && ['https:', 'http:'].includes(url.protocol) && `${url.username}${url.password}${url.hash}` === ''
  }, 'an https URL without user, password and fragment')

function binding(method: string, what: string) {
  return z.custom<object>((value) => typeof value === 'object' && value !== null && typeof Reflect.get(value, method) === 'function', what)
}

/** The members of the environment that are about sinks. */
export const sinkBindings = {
  SINK_URL: address.optional(),
  NOTIFY_URL: address.optional(),
  SINK_DELAY: wait.optional(),
  ARCHIVE: binding('put', 'a binding to an R2 bucket').optional(),
  ARCHIVE_AFTER: wait.optional(),
  EVENTS: binding('sendBatch', 'a producer binding to a queue').optional(),
}

const all = z.object(sinkBindings)

/** For a ledger object, which needs no more of the configuration than this. Throws what `readConfig` has told already. */
export function readSinkConfig(env: object): SinkConfig {
  return sinkConfigOf(all.parse(env))
}

export function sinkConfigOf(data: z.infer<typeof all>): SinkConfig {
  return {
    url: data.SINK_URL,
    notifyUrl: data.NOTIFY_URL,
    archive: data.ARCHIVE !== undefined,
    queue: data.EVENTS !== undefined,
    delay: data.SINK_DELAY ?? DEFAULT_DELAY,
    archiveAfter: data.ARCHIVE_AFTER ?? DEFAULT_ARCHIVE_AFTER,
  }
}
