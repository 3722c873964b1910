/**
 * The load: prepared requests over a few kept-alive loopback connections, one under way on each. Raw sockets, so that the client costs little
 * beside what it measures. Bounded by the list of requests it is given; it stops by itself.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'

export interface Measured {
  readonly requests: number
  readonly failed: number
  readonly perSecond: number
  /** Processor time of the server process for one request, user and system, in milliseconds. */
  readonly cpuMs: number
}

/** A whole HTTP/1.1 request. */
export function httpPost(port: number, path: string, contentType: string, body: string): Buffer {
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: ${contentType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}

export async function run(port: number, pid: number, requests: readonly Buffer[], connections: number): Promise<Measured> {
  const queue = requests.values()
  const cpuBefore = cpuSeconds(pid)
  const startedAt = performance.now()
  const failures = await Promise.all(Array.from({ length: connections }, () => serve(port, queue)))
  const seconds = (performance.now() - startedAt) / 1000
  const failed = failures.reduce((sum, count) => sum + count, 0)
  return {
    requests: requests.length,
    failed,
    perSecond: requests.length / seconds,
    cpuMs: ((cpuSeconds(pid) - cpuBefore) * 1000) / requests.length,
  }
}

/** One connection: takes requests until there are none. Resolves with how many were not answered 200. */
function serve(port: number, queue: Iterator<Buffer>): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(port, '127.0.0.1')
    let failed = 0
    let received = Buffer.alloc(0)
    const next = (): void => {
      const request = queue.next()
      if (request.done === true) {
        socket.end()
        resolve(failed)
      } else {
        socket.write(request.value)
      }
    }
    socket.setNoDelay(true)
    socket.on('connect', next)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
      const end = responseEnd(received)
      if (end === undefined) return
      if (!received.subarray(0, 12).equals(OK_LINE)) failed++
      received = received.subarray(end)
      next()
    })
  })
}

const OK_LINE = Buffer.from('HTTP/1.1 200')

/** Where the first whole response ends; `undefined` when it is not whole yet. */
function responseEnd(bytes: Buffer): number | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = bytes.subarray(0, headEnd).toString('latin1').toLowerCase()
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1]
  if (length !== undefined) {
    const end = headEnd + 4 + Number(length)
    return bytes.length >= end ? end : undefined
  }
  const last = bytes.indexOf('\r\n0\r\n\r\n', headEnd)
  return last < 0 ? undefined : last + 7
}

/** Processor time of a process so far, user and system, all its threads: what the scheduler counted, in nanoseconds, not in ticks. */
function cpuSeconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`)
  return threads.reduce((sum, thread) => sum + Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]), 0) / 1e9
}

/** Resident memory of a process in MiB. */
export function residentMib(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024
}
