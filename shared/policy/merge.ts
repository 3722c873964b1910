/**
 * The files of a policy as one document. Records merge across files, scenarios are strung together in path order, and a name defined twice is an
 * error that names both places. It keeps where everything came from, so that a problem of the whole can be shown in its file.
 */
import { isJsonObject, type Json, type JsonObject } from '../json.ts'
import { type ParsedFile, type ParseFile, type PolicyFile, type Position, parsePolicyFile } from './parse.ts'
import { type DocumentPath, errorAt, errorAtKey, type Problem, type ProblemDetails, type Severity } from './problem.ts'
import { TOP_LEVEL_KEYS } from './schema.ts'
import { describe, quoted, unknownKey } from './shape-problems.ts'
import { type TextEdit, textEdit } from './text-edit.ts'

/** A problem in its file. */
export interface Finding extends Position, Pick<ProblemDetails, 'example'> {
  readonly file: string
  readonly severity: Severity
  readonly id: string
  readonly message: string
  /** A change of the file that mends it. */
  readonly edit?: TextEdit
}

export interface MergedFiles {
  /** All files as one document; what could not be read is left out. */
  readonly document: JsonObject
  readonly findings: readonly Finding[]
  /** True when every file could be read, so that what the document lacks is really not there. */
  readonly isComplete: boolean
  readonly place: (problem: Problem) => Finding
}

/** Where a part of the document came from, and its path there. */
interface Origin {
  readonly file: ParsedFile
  readonly path: DocumentPath
}

interface Merging {
  readonly sections: Map<string, Map<string, Json>>
  readonly scenarios: Json[]
  readonly origins: Map<string, Origin>
  readonly findings: Finding[]
  version?: Json
  /** A part that could not be read: what it holds is not known to be missing. */
  hasGaps: boolean
}

export function mergePolicyFiles(files: readonly PolicyFile[], parse: ParseFile = parsePolicyFile): MergedFiles {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  const parsed = sorted.map(parse)
  const merging: Merging = { sections: new Map(), scenarios: [], origins: new Map(), findings: [], hasGaps: false }
  for (const file of parsed) {
    for (const { id, message, ...position } of file.problems) {
      merging.findings.push({ file: file.name, ...position, severity: 'error', id, message })
    }
    if (file.value !== undefined) mergeFile(file, file.value, merging)
  }
  const document = {
    ...(merging.version === undefined ? {} : { jobpass: merging.version }),
    ...Object.fromEntries([...merging.sections].map(([section, records]) => [section, Object.fromEntries(records)])),
    ...(merging.scenarios.length > 0 ? { scenarios: merging.scenarios } : {}),
  }
  const isComplete = !merging.hasGaps && parsed.every(({ value }) => value !== undefined)
  return { document, findings: merging.findings, isComplete, place: (problem) => placed(problem, merging.origins, parsed[0]) }
}

function mergeFile(file: ParsedFile, value: Json, merging: Merging): void {
  if (!isJsonObject(value)) {
    const message = `expected a mapping with any of ${TOP_LEVEL_KEYS.join(', ')}, found ${describe(value)}`
    merging.findings.push(finding({ file, path: [] }, errorAt([], value === null ? 'empty' : 'wrong-type', message)))
    return
  }
  for (const [key, part] of Object.entries(value)) {
    const origin = { file, path: [key] }
    if (!TOP_LEVEL_KEYS.some((known) => known === key)) merging.findings.push(finding(origin, unknownKey(key, [], TOP_LEVEL_KEYS)))
    else if (key === 'jobpass') mergeVersion(origin, part, merging)
    else if (key === 'scenarios') mergeScenarios(origin, part, merging)
    else mergeRecords(origin, key, part, merging)
  }
}

function mergeVersion(origin: Origin, part: Json, merging: Merging): void {
  if (isFirst(['jobpass'], origin, merging)) merging.version = part
}

function mergeScenarios({ file, path }: Origin, part: Json, merging: Merging): void {
  if (!Array.isArray(part)) {
    merging.findings.push(finding({ file, path }, wrongPart(part, 'a list of scenarios')))
    return
  }
  part.forEach((scenario: Json, index) => {
    merging.origins.set(originKey(['scenarios', merging.scenarios.length]), { file, path: [...path, index] })
    merging.scenarios.push(scenario)
  })
}

function mergeRecords({ file, path }: Origin, section: string, part: Json, merging: Merging): void {
  if (!isJsonObject(part)) {
    merging.hasGaps = true
    merging.findings.push(
      finding(
        { file, path },
        wrongPart(part, section === 'settings' || section === 'tripwires' ? 'a mapping' : `a mapping from names to ${section}`),
      ),
    )
    return
  }
  const records = merging.sections.get(section) ?? new Map<string, Json>()
  merging.sections.set(section, records)
  for (const [name, record] of Object.entries(part)) {
    if (isFirst([section, name], { file, path: [...path, name] }, merging)) records.set(name, record)
  }
}

function wrongPart(part: Json, expected: string): Problem {
  return errorAt([], part === null ? 'empty' : 'wrong-type', `expected ${expected}, found ${describe(part)}`)
}

/** Remembers where a name is defined; a second definition is reported with both places. */
function isFirst(path: DocumentPath, origin: Origin, { origins, findings }: Merging): boolean {
  const key = originKey(path)
  const first = origins.get(key)
  if (first === undefined) {
    origins.set(key, origin)
    return true
  }
  const { line, column } = first.file.positionOf(first.path, 'key')
  const message = `${quoted(String(path.at(-1)))} is defined already, at ${first.file.name}:${line}:${column}`
  findings.push(finding(origin, errorAtKey(path, 'duplicate-name', message)))
  return false
}

/** No name holds a space, and an index is no name. */
function originKey([section, name]: DocumentPath): string {
  return name === undefined ? String(section) : `${section} ${name}`
}

function finding({ file, path }: Origin, { at, severity, id, message, edit, example }: Problem): Finding {
  const change = edit === undefined ? undefined : textEdit(edit, path, file)
  const details = { ...(change === undefined ? {} : { edit: change }), ...(example === undefined ? {} : { example }) }
  return { file: file.name, ...file.positionOf(path, at), severity, id, message, ...details }
}

/** A problem of the whole document in the file its record came from; the top of the first file when it belongs to none. */
function placed(problem: Problem, origins: ReadonlyMap<string, Origin>, first: ParsedFile | undefined): Finding {
  const [section, name, ...rest] = problem.path
  const origin = section === undefined ? undefined : (origins.get(originKey(name === undefined ? [section] : [section, name])) ?? undefined)
  if (origin !== undefined) return finding({ file: origin.file, path: [...origin.path, ...rest] }, problem)
  const { severity, id, message } = problem
  return { file: first?.name ?? '', line: 1, column: 1, severity, id, message }
}
