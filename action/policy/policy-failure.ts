/**
 * Every way in which the policy step can end badly, as data, and the one annotation for each. What it shares with the exchange (inputs, ID tokens) is
 * told in the words of the exchange. No member ever holds a token.
 */
import type { Failure } from '../failure.ts'
import { messageFor } from '../messages.ts'
import { printable } from '../printable.ts'
import type { Message } from '../runner.ts'

export type PolicyFailure =
  | Failure
  | { readonly code: 'github_unreadable'; readonly what: string; readonly status: number; readonly detail: string }
  | { readonly code: 'folder_missing' | 'folder_too_large'; readonly revision: string; readonly directory: string }
  | {
      readonly code: 'file_unreadable'
      readonly revision: string
      readonly directory: string
      readonly path: string
      readonly detail: string
    }
  | { readonly code: 'policy_has_errors'; readonly side: 'base' | 'head'; readonly revision: string; readonly errors: number }
  | { readonly code: 'undecided'; readonly grant: string }
  | { readonly code: 'nothing_to_compare' }
  | { readonly code: 'not_after_the_merge' }
  | { readonly code: 'publish_refused'; readonly status: number; readonly lines: readonly string[] }
  | {
      readonly code: 'second_person_needed'
      readonly proposal: string
      readonly because: string
      readonly until: string
      readonly broker: string
    }
  | { readonly code: 'not_live'; readonly digest: string; readonly seen: string | undefined }

type Own = Exclude<PolicyFailure, Failure>
type Writers = { readonly [Code in Own['code']]: (failure: Extract<Own, { code: Code }>) => Message }

const folderText = (directory: string): string => (directory === '' ? 'the root of the repository' : `the folder ${directory}`)

const writers: Writers = {
  github_unreadable: ({ what, status, detail }) => ({
    title: 'Jobpass: the repository could not be read',
    text: `${printable(what)} could not be read: GitHub answers ${status} (${printable(detail)}).\nThe job needs the permission \`contents: read\`.`,
  }),
  folder_missing: ({ revision, directory }) => ({
    title: 'Jobpass: there is no policy',
    text: `${folderText(directory)} holds no *.yaml or *.yml file at ${revision}. Set \`directory\` to the policy's folder.`,
  }),
  folder_too_large: ({ revision, directory }) => ({
    title: 'Jobpass: the folder is too large',
    text: `GitHub lists ${folderText(directory)} at ${revision} only in part, so nothing is said of it. Set \`directory\` to the policy's own folder.`,
  }),
  file_unreadable: ({ path, revision, detail }) => ({
    title: 'Jobpass: a file of the policy cannot be read',
    text: `${printable(path)} at ${revision}: ${detail}.`,
  }),
  policy_has_errors: ({ side, revision, errors }) => ({
    title: 'Jobpass: the policy has errors',
    text: `The policy ${side === 'base' ? 'it is compared with' : 'of this commit'} (${revision}) has ${errors} ${errors === 1 ? 'error' : 'errors'}, so its access is not known. \`command: check\` shows each at its line.`,
  }),
  undecided: ({ grant }) => ({
    title: 'Jobpass: the plan was given up',
    text: `The patterns of the grant ${printable(grant)} are too entangled to compare exactly, so nothing is said. Simplify them.`,
  }),
  nothing_to_compare: () => ({
    title: 'Jobpass: nothing to compare with',
    text: 'This event has no other side. Run plan on pull_request, or set `base` to a commit, branch or tag.',
  }),
  not_after_the_merge: () => ({
    title: 'Jobpass: publish runs after the merge',
    text: 'This run is for a pull request or a merge queue: what it holds is not reviewed and merged yet. Run publish on `push` to the default branch.',
  }),
  publish_refused: ({ status, lines }) => ({
    title: 'Jobpass: the broker did not take the policy',
    text: [`The broker answers ${status}.`, ...lines.map(printable)].join('\n'),
  }),
  second_person_needed: ({ proposal, because, until, broker }) => ({
    title: 'Jobpass: not published yet, a second person must confirm',
    text: [
      `Nothing is changed yet. The broker asks for a second person: ${printable(because)}.`,
      `Before ${printable(until)} another publisher runs, in a run of their own: jobpass confirm ${printable(proposal)} --broker ${broker}`,
    ].join('\n'),
  }),
  not_live: ({ digest, seen }) => ({
    title: 'Jobpass: the policy is not live',
    text: `The broker took ${digest}, but shows ${seen === undefined ? 'none' : printable(seen)} as active. Another run may have published since.`,
  }),
}

export function policyMessage(failure: PolicyFailure, broker: string): Message {
  return isOwn(failure) ? write(failure) : messageFor(failure, { broker, grant: 'policy' })
}

function isOwn(failure: PolicyFailure): failure is Own {
  return Object.hasOwn(writers, failure.code)
}

function write<Code extends Own['code']>(failure: Extract<Own, { code: Code }>): Message {
  const writer: (failure: Extract<Own, { code: Code }>) => Message = writers[failure.code]
  return writer(failure)
}
