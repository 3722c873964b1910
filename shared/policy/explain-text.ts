/** An explanation on paper: text for a terminal, JSON for programs. Values from tokens are quoted, so that none can pass for a line of ours. */
import { formatDuration } from '../units.ts'
import { type ConsideredRule, describeReason, type Explanation } from './explain.ts'

export function explanationText(explanation: Explanation): string {
  return `${[...headline(explanation), ...notes(explanation), ...rules(explanation), ...guardrails(explanation)].join('\n')}\n`
}

function headline({ outcome, grant, rule, workload, kind, scope, ttl, code, cause, reasons, hint }: Explanation): readonly string[] {
  if (outcome === 'allow') {
    return [`allow   ${grant} by rule ${rule} for workload ${workload}`, `        ${kind}, ${formatDuration(ttl ?? 0)}: ${scope}`]
  }
  const suggestion = hint === undefined ? [] : [`        did you mean ${JSON.stringify(hint)}? This caller could have it`]
  return [
    `refuse  ${JSON.stringify(grant)}: ${code}${cause === undefined ? '' : `, ${cause}`}`,
    ...reasons.map((reason) => `        ${describeReason(reason)}`),
    ...suggestion,
  ]
}

function notes({ notes: given }: Explanation): readonly string[] {
  return given.map(({ about, policyName, tokenName }) => {
    const what = about === 'owner_renamed' ? 'the owner was renamed' : 'the repository was renamed'
    return `note    ${what}: ${JSON.stringify(policyName)} in the policy, ${JSON.stringify(tokenName)} in the token`
  })
}

function rules({ considered }: Explanation): readonly string[] {
  return considered.flatMap((rule) => [`rule    ${rule.rule} for ${rule.workload}: ${OUTCOME_WORDS[rule.outcome]}`, ...failureLines(rule)])
}

const OUTCOME_WORDS: Readonly<Record<ConsideredRule['outcome'], string>> = {
  matches: 'matches',
  suspended: 'its workload is suspended',
  other_workload: 'the caller is not its workload',
  conditions_fail: 'its conditions do not hold',
}

function failureLines({ failures }: ConsideredRule): readonly string[] {
  return failures.map(({ attribute, seen, expected, hint }) => {
    const wanted = expected.length === 0 ? '' : `, expected ${expected.join(' or ')}`
    return `        ${attribute} is ${seen === null ? 'absent' : JSON.stringify(seen)}${wanted}${hint === undefined ? '' : ` (${hint})`}`
  })
}

function guardrails({ guardrails: asked }: Explanation): readonly string[] {
  return asked.map(({ guardrail, forbids, why }) => `guard   ${guardrail}: ${forbids ? `forbids it: ${why}` : 'has nothing against it'}`)
}

/** Member names as on the wire: lower case and underscores. */
export function explanationJson({ notes: given, ...explanation }: Explanation): string {
  const wireNotes = given.map(({ about, policyName, tokenName }) => ({ about, policy_name: policyName, token_name: tokenName }))
  return `${JSON.stringify({ ...explanation, notes: wireNotes }, null, 2)}\n`
}
