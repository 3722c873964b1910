/**
 * How `dev` publishes its folder: through the endpoint every publisher uses, as the one person who is everybody on this machine. What a broker would ask of
 * its people (force for a publication that takes much away, a second person for one that gives) is answered here, and only for the folder of `dev`.
 */
import type { PolicyDigest } from '../../shared/policy/policy.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { callBroker } from '../broker.ts'
import type { CompiledFolder } from '../compiled-folder.ts'
import type { IdTokenSource } from '../id-token.ts'
import { type NotDone, notDone, publishPolicy } from '../publishing.ts'
import type { LocalIssuer } from './issuer.ts'
import { AUTHORITY_OWNER } from './job.ts'

const TAKES_TOO_MUCH = 409
const REASON = 'jobpass dev publishes its folder as it is'
const SECOND_PERSON = { actor: 'second-person', actor_id: '2' }

export function publisherOf(broker: string, issuer: LocalIssuer): (policy: CompiledFolder) => Promise<Result<PolicyDigest, NotDone>> {
  const publisher = { iss: issuer.origin, repository: `${AUTHORITY_OWNER}/publisher` }
  const idToken: IdTokenSource = async (audience) => ok(await issuer.sign(publisher, audience))
  return async ({ compiled, digest }) => {
    const publication = { broker, audience: broker, policy: { compiled } }
    const first = await publishPolicy(publication, idToken)
    const isTooMuch = !first.ok && first.error.status === TAKES_TOO_MUCH
    const result = isTooMuch ? await publishPolicy({ ...publication, force: REASON }, idToken) : first
    if (!result.ok) return result
    return result.value.outcome === 'active' ? ok(result.value.policy) : confirm(result.value.proposal.proposal, digest)
  }

  async function confirm(proposal: string, digest: PolicyDigest): Promise<Result<PolicyDigest, NotDone>> {
    const token = await issuer.sign({ ...publisher, ...SECOND_PERSON }, broker)
    const headers = { authorization: `Bearer ${token}` }
    const answer = await callBroker(broker, `/proposals/${proposal}/confirm`, { method: 'POST', headers })
    if (!answer.ok) return err({ by: 'nobody', lines: [answer.error] })
    return answer.value.status === 200 ? ok(digest) : err(notDone(answer.value))
  }
}
