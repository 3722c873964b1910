/**
 * The recorded asks of the broker, decided under the candidate, for the comment of a pull request. It takes nothing but an ID token that the broker knows as
 * an auditor or publisher; without one, as in a pull request from a fork, it says in one line that there is no replay, and nothing fails.
 */
import { type Replayed, replayedSchema, replayMarkdown } from '../../shared/policy/replay-report.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { sendHttp } from '../http.ts'
import { fetchIdToken } from '../id-token.ts'
import { parseJson } from '../json-text.ts'
import { printable } from '../printable.ts'
import { realPace } from '../tries.ts'

const ID_TOKEN_MS = 20_000
const TIMEOUT_MS = 60_000
/** The broker's answer holds its plan as well. */
const MAX_ANSWER_BYTES = 64 * 1_048_576

/** Markdown: the replay, or one line on why there is none. */
export async function replayNote(broker: string, compiled: string): Promise<string> {
  const replayed = await replay(broker, compiled)
  return replayed.ok
    ? replayMarkdown(replayed.value)
    : `<sub>The asks that the broker recorded were not replayed: ${replayed.error}.</sub>\n`
}

/** The error is the end of a sentence. */
async function replay(broker: string, compiled: string): Promise<Result<Replayed, string>> {
  const idToken = await fetchIdToken(broker, ID_TOKEN_MS, realPace)
  if (!idToken.ok) return err(NO_TOKEN[idToken.error.code] ?? 'the runner gave no ID token')
  const answer = await sendHttp(
    {
      method: 'POST',
      url: `${broker}/policy/plan`,
      headers: { authorization: `Bearer ${idToken.value.token.reveal()}` },
      json: compiled,
      maxAnswerBytes: MAX_ANSWER_BYTES,
    },
    TIMEOUT_MS,
  )
  if (!answer.ok) return err(`the broker did not answer (${printable(answer.error.detail)})`)
  const { status, body } = answer.value
  const read = replayedSchema.safeParse(parseJson(body))
  if (status === 200 && read.success) return ok(read.data)
  return err(REFUSED[status] ?? `the broker answers ${status}`)
}

const NO_TOKEN: Readonly<Record<string, string>> = {
  id_token_not_offered: 'this run has no ID token, which takes `id-token: write` and is never there for a fork',
}

const REFUSED: Readonly<Record<number, string>> = {
  401: 'the broker knows this run neither as an auditor nor as a publisher',
  403: 'the broker knows this run neither as an auditor nor as a publisher',
  404: 'the broker has no active policy',
  422: 'the broker does not accept this policy',
  503: 'the broker cannot read its record at the moment',
}
