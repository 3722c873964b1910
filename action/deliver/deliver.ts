/**
 * How a credential of one kind reaches the later steps: the job's half of a kind. A delivery names outputs and variables and writes files;
 * it prints nothing, and gets its credential only after every secret of it was masked.
 */
import type * as z from 'zod'
import type { HolderKey } from '../holder-key.ts'
import type { JobFiles } from '../job-files.ts'

/** The kind's own outputs, beside those every kind has. Each is declared in `action.yml`. */
export type KindOutput = 'token' | 'ssh-key-path' | 'ssh-certificate-path'

export interface Delivered {
  readonly outputs: Readonly<Partial<Record<KindOutput, string>>>
  /** What tools of the trade read; exported only when the step asked for it with `env: true`. */
  readonly variables: Readonly<Record<string, string>>
}

/** What a delivery may touch. */
export interface Place {
  readonly files: JobFiles
  readonly holderKey: HolderKey
}

/** A credential whose shape is proven. */
export interface Opened {
  /** The credential as JSON. */
  readonly json: string
  /** Every value to mask before `deliver` is called, whether the credential holds it or the runner made it. */
  readonly secrets: (holderKey: HolderKey) => readonly string[]
  /** Throws what the file system throws. */
  readonly deliver: (place: Place) => Delivered
}

export interface Delivery {
  /** `undefined` when the broker's `access_token` is no credential of this kind. */
  readonly open: (accessToken: string) => Opened | undefined
}

/** The pure half of the kind, as far as a delivery needs it. */
interface KindHalf<Credential> {
  readonly credential: z.ZodType<Credential>
  readonly secrets: readonly (keyof Credential & string)[]
}

interface Half<Credential> {
  /** `access_token` → what the kind's own schema will judge. */
  readonly read: (accessToken: string) => unknown
  /** Whether the runner's private key becomes part of what is delivered. */
  readonly usesHolderKey: boolean
  readonly deliver: (credential: Credential, place: Place) => Delivered
}

/** Joins the two halves of a kind. */
export function deliveryOf<Credential>(kind: KindHalf<Credential>, half: Half<Credential>): Delivery {
  return {
    open: (accessToken) => {
      const parsed = kind.credential.safeParse(half.read(accessToken))
      if (!parsed.success) return undefined
      const credential = parsed.data
      const own = kind.secrets.map((name) => credential[name]).filter((value) => typeof value === 'string')
      return {
        json: JSON.stringify(credential),
        secrets: (holderKey) => (half.usesHolderKey ? [...own, holderKey.privateFile.reveal()] : own),
        deliver: (place) => half.deliver(credential, place),
      }
    },
  }
}

/** The half of every kind whose credential is one token: the token as output, and under the names its tools read. */
export function tokenHalf(variables: readonly string[]): Half<{ readonly token: string }> {
  return {
    read: (accessToken) => ({ token: accessToken }),
    usesHolderKey: false,
    deliver: ({ token }) => ({ outputs: { token }, variables: Object.fromEntries(variables.map((name) => [name, token])) }),
  }
}
