/** The two loopback ports of `dev`: the broker's, and the local issuer's right above it. */
import { createServer } from 'node:net'

const maxAttempts = 50

/** `port` itself; for 0, a free port whose successor is free too. The caller must take both at once: nothing is reserved. */
export async function portPair(port: number): Promise<number> {
  if (port !== 0) return port
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const candidate = await bind(0)
    if (candidate !== undefined && candidate < 65_535 && (await isFree(candidate + 1))) return candidate
  }
  throw new Error('no two free loopback ports in a row')
}

export async function isFree(port: number): Promise<boolean> {
  return (await bind(port)) !== undefined
}

/** Listens for a moment; answers the port, or `undefined` when it is taken. */
function bind(port: number): Promise<number | undefined> {
  return new Promise((settle) => {
    const server = createServer()
    server.once('error', () => settle(undefined))
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => settle(typeof address === 'object' && address !== null ? address.port : undefined))
    })
  })
}
