/** `jobpass check`: every error of a policy at once; when there is none, what the lints say and how its scenarios come out. */
import { readLoadedFolder } from '../checked-folder.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { FINDING_FORMATS, writeFindings } from '../findings.ts'
import { readOptions, usageError } from '../options.ts'

export const checkHelp = `jobpass check DIR [--format text|json|sarif|github]

Reads every *.yaml and *.yml below DIR and reports each error, lint and failed scenario with its place.

  --format text    FILE:LINE:COLUMN: severity id: message, one a line (default)
  --format json    {"findings": [...]}
  --format sarif   SARIF 2.1.0
  --format github  workflow commands, which GitHub Actions shows as annotations

# jobpass-ignore: ID REASON at the end of a line silences the lint ID there.
Exit: 0 clean (info does not count) · 1 errors, warnings or failed scenarios · 2 could not run.
`

const SPEC = { operands: ['DIR'], options: { format: 'value' } } as const

export async function checkCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'check', read.error)
  const wanted = read.value.option('format') ?? 'text'
  const format = FINDING_FORMATS.find((name) => name === wanted)
  if (format === undefined) return usageError(io, 'check', [`--format: ${FINDING_FORMATS.join(', ')}, not ${JSON.stringify(wanted)}`])
  const [dir = '.'] = read.value.operands
  const folder = await readLoadedFolder(dir, io.cwd)
  if (!folder.ok) {
    io.stderr(`jobpass check: ${folder.error}\n`)
    return EXIT.couldNotRun
  }
  const { findings, files, loaded } = folder.value
  io.stdout(writeFindings(findings, format))
  const counted = findings.filter(({ severity }) => severity !== 'info').length
  if (loaded !== undefined) {
    const { grantNames, workloadNames } = loaded.policy
    const size = `${files.length} files, ${grantNames.length} grants, ${workloadNames.length} workloads, ${loaded.document.scenarios.length} scenarios`
    io.stderr(`${dir}: ${size}: ${counted === 0 ? 'clean' : `${counted} findings`}\n`)
  }
  return counted === 0 ? EXIT.success : EXIT.findings
}
