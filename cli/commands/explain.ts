/** `jobpass explain`: what a policy decides for a token's claims, with every rule that was considered. No broker is asked and no signature checked. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { isJsonObject, type JsonObject } from '../../shared/json.ts'
import { textClaim } from '../../shared/platforms/platform.ts'
import { type Explanation, explainDecision } from '../../shared/policy/explain.ts'
import { explanationJson, explanationText } from '../../shared/policy/explain-text.ts'
import type { Policy } from '../../shared/policy/policy.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { readLoadedFolder } from '../checked-folder.ts'
import { type CommandIo, EXIT } from '../command.ts'
import { textLine } from '../findings.ts'
import { readOptions, usageError } from '../options.ts'

export const explainHelp = `jobpass explain DIR --grant NAME --claims FILE [--format text|json]

Says whether the policy in DIR gives the grant NAME to a job with these claims, and what every rule made of it.

  --grant NAME    the grant to ask for
  --claims FILE   the payload of an ID token, as JSON; its iss picks the issuer, its times, aud and jti are not judged
  --format json   the same for programs

Exit: 0 allow · 4 refuse · 2 could not run (the policy has errors, FILE cannot be read).
`

const SPEC = { operands: ['DIR'], options: { grant: 'required', claims: 'required', format: 'value' } } as const

/** Claims that say when, for whom and which token: not judged here, so that an old token can be explained. */
const NOT_JUDGED: readonly string[] = ['exp', 'nbf', 'iat', 'aud', 'jti']

export async function explainCommand(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readOptions(args, SPEC)
  if (!read.ok) return usageError(io, 'explain', read.error)
  const format = read.value.option('format') ?? 'text'
  if (format !== 'text' && format !== 'json') return usageError(io, 'explain', [`--format: text or json, not ${JSON.stringify(format)}`])
  const policy = await loadedPolicy(read.value.operands[0] ?? '.', io)
  if (policy === undefined) return EXIT.couldNotRun
  const claims = await readClaims(resolve(io.cwd, read.value.option('claims') ?? ''))
  if (!claims.ok) {
    io.stderr(`jobpass explain: ${claims.error}\n`)
    return EXIT.couldNotRun
  }
  const explanation = explainClaims(policy, claims.value, read.value.option('grant') ?? '')
  io.stdout(format === 'json' ? explanationJson(explanation) : explanationText(explanation))
  return explanation.outcome === 'allow' ? EXIT.success : EXIT.refused
}

async function loadedPolicy(dir: string, io: CommandIo): Promise<Policy | undefined> {
  const folder = await readLoadedFolder(dir, io.cwd)
  if (folder.ok && folder.value.loaded !== undefined) return folder.value.loaded.policy
  io.stderr(folder.ok ? folder.value.findings.map(textLine).join('') : `jobpass explain: ${folder.error}\n`)
  return undefined
}

async function readClaims(path: string): Promise<Result<unknown, string>> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    return ok(value)
  } catch (thrown) {
    return err(`--claims: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  }
}

/** The checks of a token that its payload alone can fail, then the decision. */
function explainClaims(policy: Policy, payload: unknown, grant: string): Explanation {
  const refuse = (code: NonNullable<Explanation['code']>, claim: string, hint: string): Explanation => ({
    outcome: 'refuse',
    grant,
    policy: policy.digest,
    code,
    reasons: [{ rule: 'token', attribute: claim, seen: isJsonObject(payload) ? seenText(payload, claim) : null, hint }],
    notes: [],
    considered: [],
    guardrails: [],
  })
  if (!isJsonObject(payload)) return refuse('claim_malformed', 'payload', 'expected a JSON object')
  const issuer = policy.issuers.get(textClaim(payload.iss) ?? '')
  if (issuer === undefined) return refuse('issuer_untrusted', 'iss', 'no issuer of the policy has this url')
  const judged = Object.fromEntries(Object.entries(payload).filter(([name]) => !NOT_JUDGED.includes(name)))
  const facts = issuer.platform.readFacts(issuer.url, judged)
  if (!facts.ok) return refuse(facts.error.code, facts.error.claim, `expected ${facts.error.expected}`)
  return explainDecision(policy, { issuer, owner: facts.value.owner, attributes: facts.value.attributes }, grant)
}

function seenText(payload: JsonObject, claim: string): string | null {
  const value = Object.hasOwn(payload, claim) ? payload[claim] : undefined
  if (value === undefined) return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
