/** `loopback-issuer`: an issuer reached by plain http on this machine. Tokens of it prove nothing to a broker that is elsewhere. */
import { isLoopbackIssuer } from '../check-callers.ts'
import type { Lint } from './lint.ts'

export const loopbackIssuer: Lint = {
  id: 'loopback-issuer',
  severity: 'warning',
  why: 'Whoever runs on the same machine can be this issuer, and only a local broker will trust it.',
  fix: 'Use the https URL of the CI platform; keep a loopback issuer in a policy that only `jobpass dev` reads.',
  find: ({ document: { issuers } }) =>
    Object.entries(issuers)
      .filter(([, { url }]) => isLoopbackIssuer(url))
      .map(([name]) => ({
        path: ['issuers', name, 'url'],
        message: `the issuer ${name} is a loopback http URL: only a broker on loopback will publish this policy`,
      })),
}
