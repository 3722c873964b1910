/** `unused-connection`: a connection no grant uses. */
import type { Lint } from './lint.ts'

export const unusedConnection: Lint = {
  id: 'unused-connection',
  severity: 'info',
  why: 'Its root secret is kept and rotated for nobody.',
  fix: 'Remove it, and its root secret from the broker and the upstream.',
  find: ({ document }) => {
    const used = new Set(Object.values(document.grants).map(({ connection }) => connection))
    return Object.keys(document.connections)
      .filter((name) => !used.has(name))
      .map((name) => ({ path: ['connections', name], at: 'key', message: `no grant uses the connection ${name}`, edit: 'remove' }))
  },
}
