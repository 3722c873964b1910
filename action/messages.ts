/**
 * The sentences of the action: for every failure what happened, what was expected, and what to do about it, as one annotation.
 * All text of others goes through `printable`; no sentence ever holds a token or a credential.
 */
import { formatInstant, type Instant } from '../shared/units.ts'
import type { ErrorBody, WireReason } from '../shared/wire.ts'
import { NAME_PATTERN } from '../shared/wire.ts'
import { adviceFor } from './advice.ts'
import type { Clocks, Failure, FailureCode } from './failure.ts'
import { printable } from './printable.ts'
import type { Message } from './runner.ts'

/** What the sentences may name besides the failure. */
export interface About {
  readonly broker: string
  readonly grant: string
}

type Writers = { readonly [Code in FailureCode]: (failure: Extract<Failure, { code: Code }>, about: About) => Message }

/** Codes about time, where the clocks are worth a line, and the difference beyond which a clock is called wrong (the broker allows 30 s). */
const CLOCK_CODES: readonly string[] = ['token_early', 'token_expired', 'token_too_old']
const CLOCK_SKEW_SECONDS = 30

const writers: Writers = {
  inputs_unusable: ({ problems }) => ({
    title: 'Jobpass: the inputs of the step cannot be used',
    text: lines(
      ...problems.map(
        ({ input, seen, expected }) => `${input}: ${seen === '' ? 'is missing' : `is "${printable(seen)}"`}; expected ${expected}.`,
      ),
      'Nothing was sent. Correct the `with:` of the step.',
    ),
  }),
  id_token_not_offered: ({ fork }) => (fork ? forkPullRequest : missingPermission),
  id_token_refused: ({ status }) => ({
    title: 'Jobpass: the ID token service refused',
    text: lines(
      `The runner's ID token service answered with status ${status}; a token was expected.`,
      'The job may have outlived its right to ask, or an earlier step changed ACTIONS_ID_TOKEN_REQUEST_URL or ACTIONS_ID_TOKEN_REQUEST_TOKEN. Check that the job has `permissions: id-token: write`, and run it again.',
    ),
  }),
  id_token_unreachable: ({ detail, tries }) => ({
    title: 'Jobpass: the ID token service gave no token',
    text: lines(
      `The runner's ID token service gave no token in ${times(tries)} (last: ${printable(detail)}).`,
      'It belongs to the CI system, not to the broker: look at its status page, and run the job again.',
    ),
  }),
  id_token_unreadable: ({ detail }) => ({
    title: 'Jobpass: the ID token service answered nonsense',
    text: lines(
      `The runner's ID token service did not answer as expected: ${printable(detail)}.`,
      'Expected was JSON with a token as `value`. An earlier step or a proxy of the runner may have changed ACTIONS_ID_TOKEN_REQUEST_URL.',
    ),
  }),
  broker_unreachable: ({ detail, tries }, { broker }) => ({
    title: 'Jobpass: the broker could not be reached',
    text: lines(
      `${broker} gave no answer in ${times(tries)} (last: ${printable(detail)}).`,
      `Check that \`broker\` is right and that this runner may reach it; ${broker}/healthz tells whether it serves.`,
    ),
  }),
  broker_unavailable: (failure, { broker }) => ({
    title: 'Jobpass: the broker cannot serve this now',
    text: lines(
      `${broker} answered with status ${failure.status} ${failure.tries === 1 ? '' : `after ${times(failure.tries)} `}${described(failure.body)}`.trimEnd(),
      failure.retryAfter === undefined ? undefined : `It asks to wait ${failure.retryAfter} s, and this step tries for at most 60 s.`,
      adviceFor(failure.body?.code ?? 'ledger_unavailable'),
      decisionLine(failure.body),
    ),
  }),
  broker_redirected: ({ status, towards }, { broker }) => ({
    title: 'Jobpass: the broker sent elsewhere',
    text: lines(
      `${broker} answered with status ${status}, towards ${printable(towards)}; a broker never redirects, and a token is never sent after a redirect.`,
      'Set `broker` to the origin the broker itself names in /.well-known/oauth-authorization-server.',
    ),
  }),
  broker_unreadable: ({ status, detail }, { broker }) => ({
    title: 'Jobpass: the answer is not that of a broker',
    text: lines(
      `${broker} answered with status ${status}, but ${detail}.`,
      'Check that `broker` names a Jobpass broker of a fitting version and that no proxy answers in its place.',
    ),
  }),
  refused: ({ body, clocks }, { grant }) => ({
    title: `Jobpass refused ${grant}`,
    text: lines(
      `The broker refused the grant ${grant} to this run ${described(body)}`,
      ...(body.reasons ?? []).map(reasonLine),
      hintLine(body.hint),
      CLOCK_CODES.includes(body.code ?? '') ? clockLine(clocks) : undefined,
      namesNothing(body) ? CHECK_THE_NAME : undefined,
      adviceFor(body.code),
      decisionLine(body),
    ),
  }),
  kind_unknown: ({ kind }) => ({
    title: 'Jobpass: this action does not know the kind',
    text: lines(
      `The broker gave a credential of the kind ${printable(kind)}, which this version of the action cannot deliver; it is given back when the job ends.`,
      'Use a newer version of the action.',
    ),
  }),
  credential_unreadable: ({ kind }) => ({
    title: 'Jobpass: the credential cannot be read',
    text: lines(
      `The broker gave something that is no credential of the kind ${printable(kind)}; it is given back when the job ends.`,
      'Use versions of the action and of the broker that fit each other.',
    ),
  }),
  files_unwritable: ({ detail }) => ({
    title: 'Jobpass: the credential could not be delivered',
    text: lines(
      `A file of the step could not be written (${printable(detail)}); the credential is given back when the job ends.`,
      'Expected is a directory RUNNER_TEMP that the runner may write to, with space left.',
    ),
  }),
}

const CHECK_THE_NAME = 'Check the name of the grant.'

const missingPermission: Message = {
  title: 'Jobpass: this job may not ask for an ID token',
  text: lines(
    'The runner offers no ID token to this job (ACTIONS_ID_TOKEN_REQUEST_URL is not set).',
    'Expected is the permission `id-token: write`. Add to the job, or to the workflow:',
    '    permissions:',
    '      id-token: write',
    '      contents: read',
    'A reusable workflow has it only when the job that calls it has it too.',
  ),
}

const forkPullRequest: Message = {
  title: 'Jobpass: a pull request from a fork gets no credential',
  text: lines(
    'This run is for a pull request from a fork, and the CI system offers no ID token to such a run, whatever `permissions` say.',
    'That is as it should be: the code was reviewed by nobody. Leave the step out for forks:',
    '    if: github.event.pull_request.head.repo.full_name == github.repository',
    'or do what needs the credential after the merge, on `push`.',
  ),
}

/** The one annotation for a failure. */
export function messageFor(failure: Failure, about: About): Message {
  return write(failure, about)
}

function write<Code extends FailureCode>(failure: Extract<Failure, { code: Code }>, about: About): Message {
  const writer: (failure: Extract<Failure, { code: Code }>, about: About) => Message = writers[failure.code]
  return writer(failure, about)
}

/** A grant that does not exist, or one whose policy tells no reasons. */
function namesNothing({ code, reasons = [] }: ErrorBody): boolean {
  return code === 'grant_refused' && reasons.length === 0
}

/** `(grant_refused): No rule fits.` */
function described(body: ErrorBody | undefined): string {
  if (body === undefined) return ''
  const sentence = body.error_description === undefined ? '' : `: ${printable(body.error_description)}`
  return `(${printable(body.code ?? body.error)})${sentence}`
}

function reasonLine({ rule, attribute, seen, hint, expected }: WireReason): string {
  const saw = seen === null ? 'the run has none' : `the run has "${printable(seen)}"`
  const wants = expected === undefined ? '' : `; expected ${expected.map((value) => `"${printable(value)}"`).join(' or ')}`
  return `- ${printable(rule)}: ${printable(attribute)} does not fit: ${saw}${wants}${hint === undefined ? '' : ` (${printable(hint)})`}`
}

function hintLine(hint: string | undefined): string | undefined {
  if (hint === undefined) return undefined
  return NAME_PATTERN.test(hint) ? `Did you mean the grant ${hint}?` : `Hint: ${printable(hint)}`
}

function decisionLine(body: ErrorBody | undefined): string | undefined {
  return body?.decision_id === undefined
    ? undefined
    : `Decision ${printable(body.decision_id)}: quote it to whoever looks after the policy.`
}

/** Three clocks side by side; the one that stands apart is the wrong one. */
function clockLine({ issuedAt, broker, runner }: Clocks): string {
  const readings = [
    issuedAt === undefined ? undefined : `the ID token was issued at ${formatInstant(issuedAt)} by the clock of the CI system`,
    broker === undefined ? undefined : `the broker's clock says ${formatInstant(broker)}`,
    `this runner's says ${formatInstant(runner)}`,
  ]
  return `Clocks: ${readings.filter((reading) => reading !== undefined).join(', ')}.${skewSentence(issuedAt, broker, runner)}`
}

/** Not every broker sends `Date`; this runner's clock stands in for it then. */
function skewSentence(issuedAt: Instant | undefined, broker: Instant | undefined, runner: Instant): string {
  const ahead = issuedAt === undefined ? 0 : issuedAt - (broker ?? runner)
  if (Math.abs(ahead) <= CLOCK_SKEW_SECONDS) return ''
  return ` The CI system is ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} ${broker === undefined ? 'this runner' : 'the broker'}.`
}

function times(tries: number): string {
  return tries === 1 ? '1 try' : `${tries} tries`
}

function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join('\n')
}
