/**
 * `jobpass pin`: names of owners and repositories become ids, written into the policy's own files; `--verify` holds the ids that are there
 * against GitHub. All questions are asked before the first file is written, and a place whose names cannot all be resolved is left as it is.
 */
import { resolve } from 'node:path'
import { type Finding, mergePolicyFiles } from '../../shared/policy/merge.ts'
import { type PolicyFile, parsePolicyFile } from '../../shared/policy/parse.ts'
import { inOrder } from '../../shared/policy/read-files.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { Secret } from '../../shared/secret.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { textLine } from '../findings.ts'
import { type Options, readOptions, usageError } from '../options.ts'
import { apiOfIssuer, GITHUB_API, isApiOf, readApiUrl } from '../pinning/api-of-issuer.ts'
import { askAll } from '../pinning/ask-all.ts'
import { type GithubApi, githubNames } from '../pinning/github-names.ts'
import { type Pin, withPins } from '../pinning/pin-edit.ts'
import { findingAt, resolveNames, verifyNames } from '../pinning/pin-findings.ts'
import { findPinSites, type PinSite } from '../pinning/pin-sites.ts'
import { replaceText } from '../pinning/write-text.ts'
import { readPolicyFolder } from '../policy-folder.ts'

export const pinHelp = `jobpass pin DIR [--verify] [--api-url URL]

Asks GitHub for the ids of the owners and repositories that issuers and workloads name, and writes those that are missing beside
the names: in place, every comment and line as it was. A pinned id is never changed.

  --verify       writes nothing; reports names and ids that no longer belong together, names that were changed, and names that are gone
  --api-url URL  the server's REST API (default: GITHUB_API_URL, else ${GITHUB_API})

Names on another platform (GitLab) are not looked up: each is told, for a person to write its id.

The token comes from GITHUB_TOKEN or GH_TOKEN; without one GitHub shows public repositories alone, and few at a time. It needs to read
metadata, nothing more. Findings are printed as those of \`check\`: FILE:LINE:COLUMN: severity id: message.
Exit: 0 pinned, or all belong together · 1 something was found · 2 could not run; nothing was written.
`

const SPEC = { operands: ['DIR'], options: { verify: 'flag', 'api-url': 'value' } } as const

interface NamedApi extends GithubApi {
  /** A person named it on the command line. */
  readonly isNamed: boolean
}

export async function pinCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'pin', read.error)
  const api = readApi(read.value, process.env)
  if (!api.ok) return usageError(io, 'pin', [api.error])
  const [dir = '.'] = read.value.operands
  const files = await readPolicyFolder(dir, io.cwd)
  if (!files.ok) return couldNotRun(io, files.error)
  const unreadable = mergePolicyFiles(files.value).findings
  if (unreadable.length > 0) return tell(io, inOrder(unreadable))
  if (api.value.token === undefined) io.stderr('jobpass pin: no GITHUB_TOKEN: only what is public can be seen\n')
  const named = findPinSites(files.value.map(parsePolicyFile))
  const sites = named.filter(({ platform }) => platform === 'github')
  const foreign = named.filter((site) => site.platform !== 'github' && site.ids === undefined).map(notOnGithub)
  return read.value.flag('verify') ? verify(sites, api.value, io) : pin({ sites, foreign, dir, files: files.value }, api.value, io)
}

function readApi(options: Options, env: NodeJS.ProcessEnv): Result<NamedApi, string> {
  const named = options.option('api-url')
  const url = readApiUrl(named ?? (env.GITHUB_API_URL || GITHUB_API), named === undefined ? 'GITHUB_API_URL' : '--api-url')
  if (!url.ok) return url
  const token = env.GITHUB_TOKEN || env.GH_TOKEN || undefined
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) return err('GITHUB_TOKEN or GH_TOKEN holds characters that no token has')
  return ok({ url: url.value, token: token === undefined ? undefined : new Secret(token), isNamed: named !== undefined })
}

async function verify(sites: readonly PinSite[], api: NamedApi, io: CommandIo): Promise<number> {
  const pinned = sites.filter(({ ids }) => ids !== undefined)
  const github = githubNames(api)
  const judged = await askAll(
    pinned.filter(({ issuer }) => isApiOf(api, issuer)),
    (site) => verifyNames(site, github),
  )
  if (!judged.ok) return couldNotRun(io, judged.error)
  const exit = tell(io, inOrder([...judged.value.flatMap(({ findings }) => findings), ...pinned.flatMap((site) => elsewhere(site, api))]))
  const open = sites.length - pinned.length
  const without = open === 0 ? '' : `; ${open} without an id were passed over, jobpass pin writes them`
  io.stderr(`${judged.value.length} places with a name and an id were looked at${without}\n`)
  return exit
}

interface Folder {
  readonly sites: readonly PinSite[]
  /** What is to be said of names on other platforms. */
  readonly foreign: readonly Finding[]
  readonly dir: string
  readonly files: readonly PolicyFile[]
}

async function pin({ sites, foreign, dir, files }: Folder, api: NamedApi, io: CommandIo): Promise<number> {
  const open = sites.filter(({ ids }) => ids === undefined)
  const github = githubNames(api)
  const judged = await askAll(
    open.filter(({ issuer }) => isApiOf(api, issuer)),
    (site) => resolveNames(site, github),
  )
  if (!judged.ok) return couldNotRun(io, judged.error)
  const pins = judged.value.flatMap(({ pin: found }) => (found === undefined ? [] : [found]))
  const findings = [...judged.value.flatMap(({ findings: own }) => own), ...foreign, ...open.flatMap((site) => elsewhere(site, api))]
  const problems: string[] = []
  for (const file of files) {
    const edit = editFile(
      file,
      pins.filter(({ site }) => site.file.name === file.name),
    )
    const written = edit.text === file.text ? ok(true) : await replaceText(resolve(io.cwd, dir, file.name), file.text, edit.text)
    if (written.ok) findings.push(...edit.findings)
    else problems.push(written.error)
  }
  const exit = tell(io, inOrder(findings))
  for (const problem of problems) io.stderr(`jobpass pin: ${problem}\n`)
  return problems.length > 0 ? EXIT.couldNotRun : exit
}

/** The text with every pin that can be written, and what is to be said of each. */
function editFile({ text }: PolicyFile, pins: readonly Pin[]): { readonly text: string; readonly findings: readonly Finding[] } {
  const findings: Finding[] = []
  let left = pins
  for (;;) {
    const edit = withPins(text, left)
    if ('text' in edit) return { text: edit.text, findings: [...findings, ...left.map(pinnedFinding)] }
    const { uneditable } = edit
    left = left.filter((one) => one !== uneditable)
    const { idKey } = uneditable.site
    const message = `this line is not in a form that pin edits: write ${idKey}: ${JSON.stringify(uneditable.ids)} beside it`
    findings.push(findingAt(uneditable.site, 0, ['warning', 'not-editable', message]))
  }
}

function pinnedFinding({ site, ids }: Pin): Finding {
  return findingAt(site, 0, ['info', 'pinned', `${site.idKey} ${ids.join(', ')} was written beside ${site.names.join(', ')}`])
}

/** The ids of GitLab are for a person to write: they stand on the page of the project or group. */
function notOnGithub(site: PinSite): Finding {
  const where = site.platform === 'gitlab' ? ': GitLab shows it on the page of the project or group' : ''
  const message = `not looked up: pin asks GitHub alone, and this name is of platform ${site.platform}. Write ${site.idKey} beside it${where}`
  return findingAt(site, 0, ['info', 'other-platform', message])
}

/** Names of another server are not asked here: its ids are others. */
function elsewhere(site: PinSite, api: NamedApi): readonly Finding[] {
  if (isApiOf(api, site.issuer)) return []
  const own = apiOfIssuer(site.issuer)
  const message = `not looked up: this name belongs to ${own ?? site.issuer}; run it with ${own === undefined ? 'the --api-url of that server' : `--api-url ${own}`}`
  return [findingAt(site, 0, ['info', 'other-server', message])]
}

function tell(io: CommandIo, findings: readonly Finding[]): number {
  io.stdout(findings.map(textLine).join(''))
  return findings.every(({ severity }) => severity === 'info') ? EXIT.success : EXIT.findings
}

function couldNotRun(io: CommandIo, problem: string): number {
  io.stderr(`jobpass pin: ${problem}\n`)
  return EXIT.couldNotRun
}
