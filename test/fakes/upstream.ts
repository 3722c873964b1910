/** An upstream on loopback over real HTTP: it records every request whole and answers as a test says. */
import { Buffer } from 'node:buffer'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'

export interface RecordedRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export type Answer = (request: RecordedRequest, response: ServerResponse) => void

export interface Upstream extends AsyncDisposable {
  readonly url: string
  readonly requests: readonly RecordedRequest[]
}

export async function startUpstream(answer: Answer): Promise<Upstream> {
  const requests: RecordedRequest[] = []
  const server = createServer((incoming, response) => {
    void read(incoming).then((request) => {
      requests.push(request)
      answer(request, response)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the upstream has no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function read(incoming: IncomingMessage): Promise<RecordedRequest> {
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(Buffer.from(part))
  const { method = '', url = '', headers } = incoming
  return { method, path: url, headers, body: Buffer.concat(parts).toString() }
}

/** Answers with JSON. */
export function json(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers }).end(JSON.stringify(body))
}
