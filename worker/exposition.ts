/**
 * Numbers as Prometheus reads them: its text exposition format, version 0.0.4 (prometheus.io, exposition formats). One block a metric, its samples together,
 * every line ended. It knows what a number looks like, not what it means.
 */

export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8'

export interface Metric {
  readonly name: string
  /** A counter only grows, and its name ends in `_total`. */
  readonly type: 'counter' | 'gauge'
  readonly help: string
  readonly samples: readonly Sample[]
}

export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export function expositionText(metrics: readonly Metric[]): string {
  return metrics
    .flatMap(({ name, type, help, samples }) => [
      `# HELP ${name} ${escaped(help)}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(({ labels, value }) => `${name}${labelText(labels)} ${value}`),
    ])
    .map((line) => `${line}\n`)
    .join('')
}

function labelText(labels: Sample['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** The backslash first, or it would be doubled in what the line feed becomes. */
function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
