/** An upstream on loopback that answers a `github-app` mint after a set delay. */
import { createServer } from 'node:http'

export async function startUpstream(delayMs: number): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      const expires_at = new Date(Date.now() + 3_600_000).toISOString()
      const body = JSON.stringify({
        token: `ghs_${'a'.repeat(36)}`,
        expires_at,
        permissions: { contents: 'read' },
        repository_selection: 'selected',
        repositories: [{ id: 1_217_768_983, name: 'docs' }],
      })
      setTimeout(() => response.writeHead(201, { 'content-type': 'application/json' }).end(body), delayMs)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening')
  return { url: `http://127.0.0.1:${address.port}`, stop: () => new Promise((resolve) => server.close(() => resolve())) }
}
