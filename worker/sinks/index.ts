/** The sinks there are: what each wants of a ledger, known without reading any secret, and how it is reached. */
import type { Deps } from '../deps.ts'
import type { SinkConfig } from '../sink-config.ts'
import type { SinkPlan } from '../state/sink-cursors.ts'
import { type ArchiveBucket, archiveSink } from './archive.ts'
import { httpsSink } from './https.ts'
import { isAlarming, notifySink } from './notify.ts'
import { type EventQueue, queueSink } from './queue.ts'
import type { Sink } from './sink.ts'

export interface SinkEnv {
  readonly ARCHIVE?: ArchiveBucket
  readonly EVENTS?: EventQueue
}

export function sinkPlans({ url, notifyUrl, archive, queue, delay, archiveAfter }: SinkConfig): readonly SinkPlan[] {
  const plans: SinkPlan[] = []
  if (archive) plans.push({ sink: 'archive', wait: archiveAfter, full: 1_000, maxCharacters: 4_000_000, isEager: false })
  if (url !== undefined) plans.push({ sink: 'https', wait: delay, full: 500, maxCharacters: 1_000_000, isEager: true })
  if (queue) plans.push({ sink: 'queue', wait: delay, full: 100, maxCharacters: 100_000, isEager: true })
  if (notifyUrl !== undefined)
    plans.push({ sink: 'notify', wait: delay, full: 500, maxCharacters: 1_000_000, isEager: true, isUrgent: isAlarming })
  return plans
}

export function buildSinks({ ARCHIVE, EVENTS }: SinkEnv, deps: Deps): readonly Sink[] {
  const { url, notifyUrl } = deps.config.sinks
  const sinks: Sink[] = []
  if (ARCHIVE !== undefined) sinks.push(archiveSink(ARCHIVE, deps))
  if (url !== undefined) sinks.push(httpsSink(url, deps))
  if (EVENTS !== undefined) sinks.push(queueSink(EVENTS, deps))
  if (notifyUrl !== undefined) sinks.push(notifySink(notifyUrl, deps))
  return sinks
}
