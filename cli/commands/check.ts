/** `jobpass check`: every error of a policy at once; when there is none, what the lints say and how its scenarios come out. */
import { relative, resolve, sep } from 'node:path'
import { type Coverage, coverageOf } from '../../shared/policy/coverage.ts'
import type { Circumstances, LoadedFiles } from '../../shared/policy/judge-files.ts'
import { inOrder } from '../../shared/policy/read-files.ts'
import { isDate } from '../../shared/policy/schema.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { type LoadedFolder, readLoadedFolder } from '../checked-folder.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { FINDING_FORMATS, type FindingFormat, writeReport } from '../findings.ts'
import { type Options, readOptions, type UsageProblems, usageError } from '../options.ts'

export const checkHelp = `jobpass check DIR [--format text|json|sarif|github] [--coverage] [--today DATE] [--repository OWNER/NAME]

Reads every *.yaml and *.yml below DIR and reports each error, lint and failed scenario with its place.

  --format text    FILE:LINE:COLUMN: severity id: message, one a line (default)
  --format json    {"findings": [...], "ignored": [...]}; an ignored finding carries its reason, a mechanical fix its edit
  --format sarif   SARIF 2.1.0
  --format github  workflow commands, which GitHub Actions shows as annotations
  --coverage       also says, as info, which rules no scenario is allowed by and on which conditions none is refused
  --today DATE     what is overdue on that day, such as 2026-11-22; default: today
  --repository OWNER/NAME  the repository the policy is kept in; default: GITHUB_REPOSITORY

# jobpass-ignore: ID REASON at the end of a line silences the lint ID there.
Exit: 0 clean (info does not count) · 1 errors, warnings or failed scenarios · 2 could not run.
`

const SPEC = { operands: ['DIR'], options: { format: 'value', coverage: 'flag', today: 'value', repository: 'value' } } as const

interface Wanted {
  readonly dir: string
  readonly format: FindingFormat
  readonly withCoverage: boolean
  readonly circumstances: Omit<Circumstances, 'sha256Hex'>
}

export async function checkCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  const wanted = read.ok ? wantedBy(read.value) : read
  if (!wanted.ok) return usageError(io, 'check', wanted.error)
  const { dir, format, withCoverage, circumstances } = wanted.value
  const folder = await readLoadedFolder(dir, io.cwd, circumstances)
  if (!folder.ok) {
    io.stderr(`jobpass check: ${folder.error}\n`)
    return EXIT.couldNotRun
  }
  const { loaded, ignored } = folder.value
  const coverage = withCoverage && loaded !== undefined ? coverageOf(loaded.document, loaded.policy) : undefined
  const findings = loaded === undefined ? folder.value.findings : withUntested(folder.value, loaded, coverage)
  const found = { findings, ignored, prefix: prefixOf(dir, io.cwd), ...(coverage === undefined ? {} : { coverage }) }
  io.stdout(writeReport(found, format))
  const counted = findings.filter(({ severity }) => severity !== 'info').length
  if (loaded !== undefined) io.stderr(`${dir}: ${summary(folder.value, loaded, counted)}\n`)
  if (coverage !== undefined) io.stderr(`${dir}: ${coverageText(coverage)}\n`)
  return counted === 0 ? EXIT.success : EXIT.findings
}

function wantedBy({ operands, option, flag }: Options): Result<Wanted, UsageProblems> {
  const wanted = option('format') ?? 'text'
  const format = FINDING_FORMATS.find((name) => name === wanted)
  const today = option('today') ?? new Date().toISOString().slice(0, 10)
  const problems = [
    ...(format === undefined ? [`--format: ${FINDING_FORMATS.join(', ')}, not ${JSON.stringify(wanted)}`] : []),
    ...(isDate(today) ? [] : [`--today: a date such as 2026-11-22, not ${JSON.stringify(today)}`]),
  ]
  if (format === undefined || problems.length > 0) return err(problems)
  const repository = option('repository') ?? process.env.GITHUB_REPOSITORY ?? ''
  const circumstances = { today, ...(repository === '' ? {} : { policyRepository: repository }) }
  return ok({ dir: operands[0] ?? '.', format, withCoverage: flag('coverage'), circumstances })
}

function withUntested({ findings }: LoadedFolder, { place }: LoadedFiles, coverage: Coverage | undefined): LoadedFolder['findings'] {
  return coverage === undefined ? findings : inOrder([...findings, ...coverage.problems.map(place)])
}

/** From the current directory to the folder; nothing when the folder lies elsewhere, where no annotation could find its files. */
function prefixOf(dir: string, cwd: string): string {
  const path = relative(cwd, resolve(cwd, dir)).split(sep).join('/')
  return path === '' || path === '..' || path.startsWith('../') || path.startsWith('/') ? '' : `${path}/`
}

function summary({ files, ignored }: LoadedFolder, { policy, document }: LoadedFiles, counted: number): string {
  const { grantNames, workloadNames } = policy
  const size = `${files.length} files, ${grantNames.length} grants, ${workloadNames.length} workloads, ${document.scenarios.length} scenarios`
  return `${size}: ${counted === 0 ? 'clean' : `${counted} findings`}${ignored.length === 0 ? '' : `, ${ignored.length} ignored`}`
}

function coverageText({ rules, conditions, guardrails }: Coverage): string {
  const tested = `${rules.tested} of ${rules.all} rules allow a scenario, ${conditions.tested} of ${conditions.all} conditions refuse one`
  return `${tested}, ${guardrails.tested} of ${guardrails.all} guardrails stop one`
}
