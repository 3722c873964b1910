/**
 * The step itself: read the inputs, ask the broker for the grant, mask, remember the lease, deliver, tell. The order is the safety of it:
 * nothing is printed before it is masked, and nothing is delivered before post can give it back.
 */
import { err, ok, type Result } from '../shared/result.ts'
import { formatInstant, type Instant } from '../shared/units.ts'
import type { TokenResponse } from '../shared/wire.ts'
import { requestCredential } from './broker.ts'
import type { Delivered, Opened } from './deliver/deliver.ts'
import { deliveryFor } from './deliver/index.ts'
import { exportVariables } from './environment.ts'
import type { Failure } from './failure.ts'
import { type HolderKey, makeHolderKey } from './holder-key.ts'
import { type Inputs, readInputs } from './inputs.ts'
import { jobFiles } from './job-files.ts'
import { messageFor } from './messages.ts'
import { fail, info, mask, readInput, saveState, setOutput, writeSummary } from './runner.ts'
import { nameOf, runStep } from './step.ts'
import { clampSentence, summaryOf } from './summary.ts'
import { realPace } from './tries.ts'

await runStep(main, fail)

async function main(): Promise<void> {
  const inputs = readInputs(readInput)
  const outcome = inputs.ok ? await obtain(inputs.value) : inputs
  if (!outcome.ok) fail(messageFor(outcome.error, { broker: readInput('broker'), grant: readInput('grant') }))
}

async function obtain(inputs: Inputs): Promise<Result<void, Failure>> {
  const holderKey = makeHolderKey()
  const asked = Math.floor(Date.now() / 1000)
  const response = await requestCredential({ ...inputs, publicKey: holderKey.publicLine }, realPace)
  if (!response.ok) return response
  mask(response.value.access_token)
  rememberLease(inputs, response.value)
  const opened = open(response.value, holderKey)
  if (!opened.ok) return opened
  const delivered = deliver(inputs, opened.value, holderKey)
  if (!delivered.ok) return delivered
  await tell(inputs, response.value, { ...delivered.value.outputs, credential: opened.value.json }, asked + response.value.expires_in)
  return ok(undefined)
}

/** From here on post gives the lease back, whatever happens to the rest of this step. */
function rememberLease(inputs: Inputs, response: TokenResponse): void {
  saveState('broker', inputs.broker)
  saveState('audience', inputs.audience)
  if (inputs.revoke) saveState('lease', response.lease_id)
}

function open(response: TokenResponse, holderKey: HolderKey): Result<Opened, Failure> {
  const delivery = deliveryFor(response.kind)
  if (delivery === undefined) return err({ code: 'kind_unknown', kind: response.kind })
  const opened = delivery.open(response.access_token)
  if (opened === undefined) return err({ code: 'credential_unreadable', kind: response.kind })
  for (const secret of opened.secrets(holderKey)) mask(secret)
  mask(opened.json)
  return ok(opened)
}

function deliver(inputs: Inputs, opened: Opened, holderKey: HolderKey): Result<Delivered, Failure> {
  try {
    const files = jobFiles((directory) => saveState('directory', directory))
    const delivered = opened.deliver({ files, holderKey })
    if (inputs.env) exportVariables(delivered.variables, files)
    return ok(delivered)
  } catch (thrown) {
    return err({ code: 'files_unwritable', detail: nameOf(thrown) })
  }
}

async function tell(inputs: Inputs, response: TokenResponse, own: Readonly<Record<string, string>>, expiresAt: Instant): Promise<void> {
  const outputs = {
    ...own,
    'expires-at': formatInstant(expiresAt),
    lease: response.lease_id,
    kind: response.kind,
    policy: response.policy,
  }
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value)
  const clamp = clampSentence(inputs.ttl, response.expires_in)
  info(
    `Granted ${inputs.grant} (${response.kind}) until ${formatInstant(expiresAt)}, lease ${response.lease_id}${clamp === undefined ? '' : `; ${clamp}`}`,
  )
  await writeSummary(summaryOf({ grant: inputs.grant, response, expiresAt, askedTtl: inputs.ttl, returned: inputs.revoke }))
}
