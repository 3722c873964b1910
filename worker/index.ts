/** The Workers entry: the fetch handler and the Durable Object classes. A configuration that is not usable stops the start. */
import { env } from 'cloudflare:workers'
import { makeApp } from './app.ts'
import { buildDeps } from './build-deps.ts'

export { Keyring } from './state/keyring.ts'
export { PolicyStore } from './state/policy-store.ts'
export { Ledger } from './sweep.ts'

const app = makeApp(buildDeps(env))

export default {
  fetch: (request: Request): Response | Promise<Response> => app.fetch(request),
}
