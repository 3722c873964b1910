/** `scope-of-all`: a scope that says `all` instead of names: also what is created tomorrow. */
import { isJsonObject } from '../../json.ts'
import { grantsOf } from '../policy-records.ts'
import type { DocumentPath } from '../problem.ts'
import type { Lint } from './lint.ts'

export const scopeOfAll: Lint = {
  id: 'scope-of-all',
  severity: 'warning',
  why: 'One job of one repository can reach them all, and every one that is added later.',
  fix: 'List those the purpose needs by name.',
  find: ({ policy }) =>
    grantsOf(policy).flatMap(({ name, scope }) =>
      allIn(scope).map(({ path, what }) => ({
        path: ['grants', name, 'scope', ...path],
        message: `the scope is all ${what} of the connection`,
      })),
    ),
}

function allIn(scope: unknown): readonly { readonly path: DocumentPath; readonly what: string }[] {
  if (!isJsonObject(scope)) return []
  if (scope.repositories === 'all') return [{ path: ['repositories'], what: 'repositories' }]
  return isJsonObject(scope.resources) && scope.resources.zones === 'all' ? [{ path: ['resources', 'zones'], what: 'zones' }] : []
}
