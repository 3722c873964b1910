/** Reads Prometheus' text exposition format 0.0.4 as strictly as its grammar allows: what is not exactly right throws. Written from the format's description, not from our writer. */

export interface ReadMetric {
  readonly type: string
  readonly help: string
  /** By the label text of the line, names sorted: `{a="x",b="y"}`. */
  readonly samples: ReadonlyMap<string, number>
}

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/y

export function readExposition(text: string): ReadonlyMap<string, ReadMetric> {
  if (!text.endsWith('\n')) throw new Error('the last line does not end')
  const metrics = new Map<string, { type: string; help: string; samples: Map<string, number> }>()
  let open = ''
  for (const line of text.slice(0, -1).split('\n')) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? []
    if (kind === 'HELP') {
      if (metrics.has(name)) throw new Error(`${name} comes twice`)
      metrics.set(name, { type: '', help: rest, samples: new Map() })
      open = name
    } else if (kind === 'TYPE') typed(metrics.get(name), open === name, rest, line)
    else sampled(metrics.get(open), open, line)
  }
  for (const [name, { type }] of metrics) {
    if ((type === 'counter') !== name.endsWith('_total')) throw new Error(`${name} is a ${type}`)
  }
  return metrics
}

function typed(metric: { type: string } | undefined, isOpen: boolean, type: string, line: string): void {
  if (metric === undefined || !isOpen || metric.type !== '' || !['counter', 'gauge'].includes(type)) throw new Error(line)
  metric.type = type
}

function sampled(metric: { type: string; samples: Map<string, number> } | undefined, open: string, line: string): void {
  const [, name, labels = '', value = ''] = SAMPLE.exec(line) ?? []
  if (metric === undefined || metric.type === '' || name !== open || !/^\d+(\.\d+)?$/.test(value)) throw new Error(line)
  const key = labelKey(labels, line)
  if (metric.samples.has(key)) throw new Error(`twice: ${line}`)
  metric.samples.set(key, Number(value))
}

function labelKey(text: string, line: string): string {
  const pairs: string[] = []
  for (LABEL.lastIndex = 0; LABEL.lastIndex < text.length; ) {
    const [pair] = LABEL.exec(text) ?? []
    if (pair === undefined) throw new Error(line)
    pairs.push(pair.replace(/,$/, ''))
  }
  return `{${pairs.sort().join(',')}}`
}
