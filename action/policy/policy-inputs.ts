/** The door for the inputs of the policy step: read, checked and given their defaults, all problems at once. Nothing behind it looks at an input again. */
import * as z from 'zod'
import { hasControlCharacter } from '../../shared/platforms/platform.ts'
import { FAIL_ON, type FailOn } from '../../shared/policy/plan-condition.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { Secret } from '../../shared/secret.ts'
import { MAX_REASON_LENGTH } from '../../shared/wire.ts'
import type { Failure } from '../failure.ts'
import { booleanInput, brokerExpected, convert, optionalInput, problemOf, readOrigin } from '../inputs.ts'

export interface PolicyInputs {
  readonly command: 'check' | 'plan' | 'publish'
  /** From the root of the repository, `/` between its parts; empty for the root itself. */
  readonly directory: string
  readonly base?: string
  readonly broker?: string
  /** Of `publish`: why it may take more grants away than the broker lets go at once. */
  readonly force?: string
  readonly failOn: FailOn
  readonly comment: boolean
  /** The login whose comments are ours. */
  readonly commentAs: string
  readonly token: Secret
}

const directoryExpected = 'a folder such as policy or teams/policy, from the root of the repository; a dot for the root'
const baseExpected = 'a commit, branch or tag, such as main'
const forceExpected = `a reason in one line of at most ${MAX_REASON_LENGTH} characters`
const BROKER_NEEDED = 'the origin of the broker, such as https://jobpass.example.com: publish needs one'

const shape = z.strictObject({
  command: z.enum(['check', 'plan', 'publish'], { error: 'check, plan or publish' }),
  directory: optionalInput(z.string().transform(convert(readDirectory, directoryExpected))),
  base: optionalInput(z.string().regex(/^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._/-]{0,250}$/, baseExpected)),
  broker: optionalInput(z.string().transform(convert(readOrigin, brokerExpected))),
  force: optionalInput(z.string().refine((text) => text.length <= MAX_REASON_LENGTH && !hasControlCharacter(text), forceExpected)),
  'fail-on': optionalInput(z.enum(FAIL_ON, { error: 'none, widen or any' })),
  comment: booleanInput(true),
  'comment-as': optionalInput(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?:\[bot\])?$/, 'a login such as github-actions[bot]')),
  token: z.string().regex(/^[\x21-\x7e]+$/, 'a token: leave it out for the token of the job'),
})

const NAMES = Object.keys(shape.shape)

/** Reads every input through `read`, which gives an empty text for one that is absent. */
export function readPolicyInputs(read: (name: string) => string): Result<PolicyInputs, Failure> {
  const texts = Object.fromEntries(NAMES.map((name) => [name, read(name).trim()]))
  const parsed = shape.safeParse(texts)
  if (!parsed.success) {
    const shown = { ...texts, token: texts.token === '' ? '' : '***' }
    const problems = parsed.error.issues.map(({ path, message }) => problemOf(String(path[0]), shown, message))
    return err({ code: 'inputs_unusable', problems })
  }
  const { command, directory = 'policy', base, broker, force, comment, token } = parsed.data
  if (command === 'publish' && broker === undefined)
    return err({ code: 'inputs_unusable', problems: [problemOf('broker', texts, BROKER_NEEDED)] })
  return ok({
    command,
    directory: directory === '.' ? '' : directory,
    failOn: parsed.data['fail-on'] ?? 'none',
    comment,
    commentAs: parsed.data['comment-as'] ?? 'github-actions[bot]',
    token: new Secret(token),
    ...(base === undefined ? {} : { base }),
    ...(broker === undefined ? {} : { broker }),
    ...(force === undefined ? {} : { force }),
  })
}

/** Plain parts alone: nothing that a path, a marker or a message could be led astray with. */
function readDirectory(text: string): string | undefined {
  const path = text.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '')
  if (path === '.' || path === '') return '.'
  return path.split('/').every((part) => /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(part)) && path.length <= 255 ? path : undefined
}
