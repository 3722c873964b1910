/** A broker's answers on loopback, one after the other, and the environment of a job: for what a real broker does only on a bad day. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Command } from '../../cli/command.ts'
import { testIo } from './io.ts'

export interface Asked {
  readonly method: string
  readonly path: string
  readonly body: string
  readonly bearer: string
}

export type Reply = (response: ServerResponse) => void

export const json =
  (status: number, body: object, headers: Readonly<Record<string, string>> = {}): Reply =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))

/** Lines; `breakOff` cuts the connection after them. */
export const lines =
  (all: readonly object[], breakOff = false): Reply =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    response.write(all.map((line) => `${JSON.stringify(line)}\n`).join(''), () => (breakOff ? response.destroy() : response.end()))
  }

export interface Stage {
  readonly broker: string
  readonly asked: readonly Asked[]
  close(): void
}

/** Answers in turn; the last one for all that follow. ID tokens are `token-1`, `token-2`, … */
export async function brokerThatSays(...replies: readonly Reply[]): Promise<Stage> {
  const asked: Asked[] = []
  let tokens = 0
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/id-token') === true) {
      tokens++
      json(200, { value: `token-${tokens}` })(response)
      return
    }
    void readAll(request).then((body) => {
      const { method = '', url = '', headers } = request
      asked.push({ method, path: url, body, bearer: headers.authorization ?? '' })
      const reply = replies[Math.min(asked.length, replies.length) - 1]
      reply?.(response)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const broker = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  process.env.ACTIONS_ID_TOKEN_REQUEST_URL = `${broker}/id-token?v=1`
  process.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN = 'request-token'
  return {
    broker,
    asked,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function readAll(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

export interface Ran {
  readonly code: number
  readonly out: string
  readonly errors: string
}

export async function run(command: Command, args: readonly string[], isTerminal = false): Promise<Ran> {
  const io = testIo()
  const code = await command(args, { ...io, isTerminal })
  return { code, out: io.out(), errors: io.errors() }
}
