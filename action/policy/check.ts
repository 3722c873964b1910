/** `command: check`: every finding at its line in the pull request, and one table in the step summary. Needs no token that may write anything. */
import type { Finding } from '../../shared/policy/merge.ts'
import { ok, type Result } from '../../shared/result.ts'
import { tableCell } from '../printable.ts'
import { annotate, fail, info, setOutput, writeSummary } from '../runner.ts'
import { countErrors, judgedHead, type Step } from './judged-at.ts'
import type { PolicyFailure } from './policy-failure.ts'

const MAX_ROWS = 100

export async function check(step: Step): Promise<Result<void, PolicyFailure>> {
  const judged = await judgedHead(step)
  if (!judged.ok) return judged
  const { findings, loaded } = judged.value
  const inRepository = placedBelow(step.inputs.directory, findings)
  annotateAll(inRepository)
  if (loaded !== undefined) setOutput('policy', loaded.policy.digest)
  const size = loaded === undefined ? '' : `${loaded.policy.grantNames.length} grants, ${loaded.document.scenarios.length} scenarios`
  await writeSummary(checkSummary(inRepository, size))
  const counted = inRepository.filter(({ severity }) => severity !== 'info').length
  if (counted > 0) fail({ title: 'Jobpass: the policy has findings', text: `${countText(inRepository)}. Each is shown at its line.` })
  else info(`The policy is clean: ${size}.`)
  return ok(undefined)
}

/** The findings with their files as paths from the root of the repository. */
export function placedBelow(directory: string, findings: readonly Finding[]): readonly Finding[] {
  return directory === '' ? findings : findings.map((finding) => ({ ...finding, file: `${directory}/${finding.file}` }))
}

export function annotateAll(findings: readonly Finding[]): void {
  for (const { severity, id, message, ...place } of findings) annotate(severity, { title: id, text: message }, place)
}

function countText(findings: readonly Finding[]): string {
  const [errors, warnings] = [countErrors(findings), findings.filter(({ severity }) => severity === 'warning').length]
  return `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`
}

/** One Markdown table; everything that a file could have chosen is escaped. */
function checkSummary(findings: readonly Finding[], size: string): string {
  if (findings.length === 0) return `### Jobpass: the policy is clean\n\n${size}\n`
  const rows = findings
    .slice(0, MAX_ROWS)
    .map(
      ({ file, line, column, severity, id, message }) =>
        `| ${severity} | ${tableCell(`${file}:${line}:${column}`)} | ${tableCell(id)} | ${tableCell(message)} |`,
    )
  const more = findings.length > MAX_ROWS ? ['', `… and ${findings.length - MAX_ROWS} more: the log has them all.`] : []
  return [`### Jobpass: ${countText(findings)}`, '', '| | where | | |', '|---|---|---|---|', ...rows, ...more, ''].join('\n')
}
