/** The few facts people know a run by, under one set of names whatever its platform calls them. A fact that is missing is an empty text. */
import type { Platform } from '../platforms/platform.ts'
import type { FoundRun } from './witness-region.ts'

export interface RunIdentity {
  readonly event: string
  readonly ref: string
  readonly repository: string
  readonly repositoryId: string
  readonly environment: string
  readonly isSelfHosted: boolean
}

export function runIdentity(run: FoundRun, { roles }: Platform): RunIdentity {
  const fact = (name: string): string => run.get(name) ?? ''
  return {
    event: fact(roles.event),
    ref: fact('ref'),
    repository: fact(roles.repository),
    repositoryId: fact(roles.repositoryId),
    environment: fact('environment'),
    isSelfHosted: fact('runner_environment') === 'self-hosted',
  }
}
