/**
 * A candidate for the active policy, judged in full before anything is done with it: the language, its own scenarios, and what a policy may say to this
 * very broker. It knows nothing of the policy that is active.
 */
import { createHash } from 'node:crypto'
import { checkDocument } from '../shared/policy/check-document.ts'
import { compilePolicy, policyDigest } from '../shared/policy/compile.ts'
import { loadPolicy } from '../shared/policy/load.ts'
import type { Policy, PolicyDigest, WorkloadRecord } from '../shared/policy/policy.ts'
import { formatPath, type Problem } from '../shared/policy/problem.ts'
import { failedScenarios } from '../shared/policy/scenario.ts'
import { err, ok, type Result } from '../shared/result.ts'
import { parseStrictJson } from '../shared/strict-json.ts'
import type { Config } from './env.ts'

export interface Candidate {
  readonly digest: PolicyDigest
  readonly text: string
  readonly policy: Policy
}

export interface NotAccepted {
  readonly detail: string
  readonly errors: readonly { readonly path: string; readonly id: string; readonly message: string }[]
}

const MAX_ERRORS = 100

export function readCandidate(text: string, config: Config): Result<Candidate, NotAccepted> {
  const json = parseStrictJson(text)
  if (!json.ok)
    return err({ detail: `The body is not JSON that can be trusted: ${json.error}. Send what jobpass compile prints.`, errors: [] })
  const checked = checkDocument(json.value)
  if (!checked.ok) return err(notAccepted('The policy has errors.', checked.problems.map(shown)))
  const canonical = compilePolicy(checked.document)
  const digest = policyDigest(canonical, (whole) => createHash('sha256').update(whole).digest('hex'))
  const policy = loadPolicy(checked.document, digest)
  const failures = failedScenarios(checked.document, policy)
  if (failures.length > 0) return err(notAccepted('The policy fails its own scenarios.', failures.map(shown)))
  const unfit = unfitFor(policy, config)
  return unfit.length > 0 ? err(notAccepted('The policy does not fit this broker.', unfit)) : ok({ digest, text: canonical, policy })
}

function shown({ path, id, message }: Problem): NotAccepted['errors'][number] {
  return { path: formatPath(path), id, message }
}

function notAccepted(detail: string, errors: NotAccepted['errors']): NotAccepted {
  return { detail, errors: errors.slice(0, MAX_ERRORS) }
}

/** What the language allows but this broker must not: plain http, and workloads that are authorities. */
function unfitFor(policy: Policy, config: Config): NotAccepted['errors'][number][] {
  const errors: NotAccepted['errors'][number][] = []
  for (const issuer of policy.issuers.values()) {
    if (!issuer.url.startsWith('https://') && !config.isLoopback) {
      errors.push({
        path: `issuers.${issuer.name}.url`,
        id: 'loopback-issuer',
        message: 'only a broker on a loopback address trusts an http issuer',
      })
    }
  }
  for (const name of policy.workloadNames) {
    const workload = policy.workload(name)
    if (workload === undefined) continue
    const authority = Object.values(config.authorities)
      .flat()
      .find(({ issuerUrl, is }) => issuerUrl === workload.issuer.url && namesSameRepository(is, workload))
    if (authority !== undefined)
      errors.push({
        path: `workloads.${name}`,
        id: 'authority-as-workload',
        message: 'an authority of this broker cannot be a workload: who changes the rules draws no credentials',
      })
  }
  return errors
}

type Conditions = Config['authorities']['auditor'][number]['is']

/** Both state the repository, by name or id, and share one. A workload that reaches an authority in another way is refused at the exchange. */
function namesSameRepository(authority: Conditions, { is, issuer }: WorkloadRecord): boolean {
  const { repository, repositoryId } = issuer.platform.roles
  return [repository, repositoryId].some((attribute) => {
    const texts = (conditions: Conditions): readonly string[] =>
      conditions
        .filter((condition) => condition.attribute === attribute)
        .flatMap(({ patterns }) => patterns.map(({ text }) => text.toLowerCase()))
    return texts(is).some((text) => texts(authority).includes(text))
  })
}
