/**
 * One run of the built command line in a process of its own, and what that process says it cost: its processor time and the most memory it held.
 * Nothing is warm, nothing is shared with another run.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import * as z from 'zod'

export interface Cost {
  /** Processor time of all threads, user and system. */
  readonly cpuMs: number
  readonly wallMs: number
  readonly memoryMb: number
  /** What it came to: the first line of a plan, the last of a check. */
  readonly said: string
}

/** Printed to the third pipe as the process ends. */
const REPORT_USAGE = `data:text/javascript,import{writeSync}from'node:fs';process.on('exit',()=>writeSync(3,JSON.stringify(process.resourceUsage())))`

/** `maxRSS` in KiB, times in microseconds (node's process.resourceUsage). */
const usage = z.looseObject({ maxRSS: z.number(), userCPUTime: z.number(), systemCPUTime: z.number() })

export async function runCommand(args: readonly string[], expected: number): Promise<Cost> {
  const from = performance.now()
  const child = spawn(process.execPath, ['--import', REPORT_USAGE, 'dist/jobpass/main.js', ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const [, ...pipes] = child.stdio
  const read = async (pipe: (typeof pipes)[number] | undefined): Promise<string> => (pipe instanceof Readable ? await text(pipe) : '')
  const [[code], printed, errors, cost] = await Promise.all([once(child, 'exit'), read(pipes[0]), read(pipes[1]), read(pipes[2])])
  const wallMs = performance.now() - from
  if (code !== expected) throw new Error(`jobpass ${args.join(' ')} ended with ${code}, not ${expected}: ${errors.slice(0, 1_000)}`)
  const { maxRSS, userCPUTime, systemCPUTime } = usage.parse(JSON.parse(cost))
  const said = errors === '' ? (printed.split('\n', 1)[0] ?? '') : errors.trimEnd().replace(/^.*: /, '')
  return { cpuMs: (userCPUTime + systemCPUTime) / 1_000, wallMs, memoryMb: (maxRSS * 1_024) / 1e6, said }
}
