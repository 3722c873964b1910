/** The address an ask came from, as Cloudflare's edge says it. A broker on loopback has no edge in front: its callers are on loopback too. */
import type { Config } from '../env.ts'

export function callerAddress(request: Request, config: Pick<Config, 'isLoopback'>): string | undefined {
  return request.headers.get('cf-connecting-ip') ?? (config.isLoopback ? '127.0.0.1' : undefined)
}
