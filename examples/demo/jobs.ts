/** What every job of the demo has in common: it becomes the job at the CI, runs the built action as a runner does, and shows no secret. */
import { becomeJob, type DemoBroker } from './local-broker.ts'
import { type RunningJob, type StepResult, startJob } from './runner.ts'
import { claim, quote } from './story.ts'

/** A job whose step is done and whose end is still to come. */
export interface OpenedJob {
  readonly name: string
  /** The claims of the job, so that its post step can be it again. */
  readonly claims: Readonly<Record<string, string>>
  readonly running: RunningJob
}

export async function openJob(
  broker: DemoBroker,
  name: string,
  grant: string,
  claims: Readonly<Record<string, string>>,
): Promise<OpenedJob> {
  await becomeJob(broker, claims)
  const { idTokenRequestUrl, idTokenRequestToken } = broker
  const running = await startJob({ name, inputs: { broker: broker.broker, grant }, idTokenRequestUrl, idTokenRequestToken })
  quote(running.main.log)
  return { name, claims, running }
}

/** No secret output of a step may be readable in the job's log or summary. */
export function claimMasked({ log, summary }: StepResult, secrets: readonly string[]): void {
  const leaked = secrets.filter((secret) => secret === '' || log.includes(secret) || summary.includes(secret))
  claim(leaked.length === 0, "the job's log and summary do not show it")
}
