/** `environment-not-pinned`: a rule that gives write access to every job of a branch. What a jwt's scopes allow is known to its service alone, so that kind is passed over. */
import { isJsonObject } from '../../json.ts'
import { isKindName, type KindName } from '../../kinds/index.ts'
import type { Grant, Rule } from '../policy.ts'
import { grantsOf } from '../policy-records.ts'
import { textsOf } from '../schema.ts'
import type { Lint } from './lint.ts'

/** Whether a scope of the kind can change anything. */
const WRITES: Readonly<Record<KindName, (scope: unknown) => boolean>> = {
  // a group named by id could be any
  'cloudflare-token': (scope) => isJsonObject(scope) && textsOf(scope.permissions).some((group) => !/\bRead$/i.test(group)),
  'github-app': (scope) =>
    isJsonObject(scope) && isJsonObject(scope.permissions) && Object.values(scope.permissions).some((level) => level !== 'read'),
  jwt: () => false,
  'ssh-cert': () => true,
}

export const environmentNotPinned: Lint = {
  id: 'environment-not-pinned',
  severity: 'info',
  why: 'Any job of any workflow on that ref can have it, without the approval and the branch rules an environment can ask for.',
  fix: 'Give the job an environment with protection rules and state it as `environment` in the rule.',
  find: ({ policy }) =>
    grantsOf(policy)
      .filter(writes)
      .flatMap((grant) =>
        grant.rules.flatMap((rule, index) => {
          if (namesEnvironment(rule)) return []
          return [{ path: ['grants', grant.name, 'allow', index], message: 'write access without an environment' }]
        }),
      ),
}

function writes({ connection, scope }: Grant): boolean {
  const { name } = connection.kind
  return isKindName(name) && WRITES[name](scope)
}

function namesEnvironment({ conditions, workload }: Rule): boolean {
  return [...conditions, ...workload.is].some(({ attribute }) => attribute === 'environment' || attribute === 'environment_node_id')
}
