/**
 * What a CI platform says happened after the fact: a job or run is over, a repository is not what it was. Platforms put their messages into these words;
 * what follows from them is decided elsewhere.
 */
import type { OwnerFacts } from './platform.ts'

/** What may become of a repository. */
export type RepositoryChange = 'renamed' | 'transferred' | 'archived' | 'unarchived' | 'deleted' | 'publicized' | 'privatized'

/** Where it happened. */
interface Place {
  /** Host of the platform's own pages: which installation of the platform speaks. */
  readonly host: string
  readonly owner: OwnerFacts
  readonly repository: { readonly id: string; readonly name: string }
}

export type News = Place &
  (
    | { readonly what: 'job_completed'; readonly runId: string; readonly runAttempt: number; readonly jobs: readonly string[] }
    | { readonly what: 'run_completed'; readonly runId: string; readonly runAttempt: number }
    | {
        readonly what: 'repository_changed'
        readonly change: RepositoryChange
        /** After a transfer: whose it was. */
        readonly formerOwner?: OwnerFacts
        /** After a renaming: what it was called, without its owner. */
        readonly formerName?: string
      }
  )
