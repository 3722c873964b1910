/** A small HTTP server on a loopback port, for the services that the tests of the action stand up. Every request is answered or its socket is kept hanging. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface Reply {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Received {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface Loopback {
  readonly origin: string
  readonly close: () => Promise<void>
}

/** `hang` never answers; `reset` drops the connection. */
export type Answering = (received: Received) => Promise<Reply | 'hang' | 'reset'>

export const json = (status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json', ...headers },
})

export async function serveLoopback(answer: Answering): Promise<Loopback> {
  let origin = ''
  const server = createServer((request, response) => {
    void receive(request, origin)
      .then(answer)
      .then((reply) => send(reply, request, response))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  origin = `http://127.0.0.1:${address.port}`
  return {
    origin,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function receive(request: IncomingMessage, origin: string): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return {
    method: request.method ?? '',
    url: new URL(request.url ?? '/', origin),
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

function send(reply: Reply | 'hang' | 'reset', request: IncomingMessage, response: ServerResponse): void {
  if (reply === 'hang') return
  if (reply === 'reset') return void request.socket.destroy()
  response.writeHead(reply.status, reply.headers)
  response.end(reply.body)
}
