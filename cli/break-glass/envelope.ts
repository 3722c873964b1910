/**
 * An envelope of two layers, one in the other: the first person opens the outer one and holds something that only the second can open. Neither alone, in whatever
 * order, gets at what is inside. Nothing here writes a file or talks to a broker.
 */
import type { KeyObject } from 'node:crypto'
import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import { type Envelope, envelopeSchema } from '../../shared/break-glass.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import { fingerprint, type Header, openLayer, sealLayer } from './layers.ts'

export interface Holder {
  readonly person: string
  readonly publicKey: KeyObject
}

export interface Sealing {
  readonly credential: Buffer
  readonly name: string
  readonly until: Date
  readonly holders: readonly [Holder, Holder]
}

export function sealEnvelope({ credential, name, until, holders }: Sealing, now: Date): Envelope {
  const [first, second] = holders
  const header = {
    break_glass: 1,
    id: randomBytes(16).toString('hex'),
    name,
    sealed_at: now.toISOString(),
    until: until.toISOString(),
    people: [named(first), named(second)],
  } as const
  const inner = sealLayer(credential, { ...header, layer: 1 }, second.publicKey)
  const outer = sealLayer(Buffer.from(JSON.stringify(inner)), { ...header, layer: 0 }, first.publicKey)
  return envelopeSchema.parse({ ...header, layer: 0, ...outer })
}

function named({ person, publicKey }: Holder): Envelope['people'][number] {
  return { person, key: fingerprint(publicKey) }
}

export type Opened =
  /** What the second person opens. */
  { readonly is: 'half'; readonly envelope: Envelope } | { readonly is: 'open'; readonly credential: Buffer }

const innerLayer = z.strictObject({ ephemeral: z.base64url(), ciphertext: z.base64url() })

export function openEnvelope({ ephemeral, ciphertext, ...header }: Envelope, privateKey: KeyObject): Result<Opened, string> {
  const { person, key } = header.people[header.layer]
  if (fingerprint(privateKey) !== key) return err(`the next layer is ${person}'s, whose key has the fingerprint ${key}`)
  const text = openLayer({ ephemeral, ciphertext }, header satisfies Header, privateKey)
  if (!text.ok) return text
  if (header.layer === 1) return ok({ is: 'open', credential: text.value })
  const inner = innerLayer.safeParse(JSON.parse(text.value.toString()))
  return inner.success ? ok({ is: 'half', envelope: { ...header, layer: 1, ...inner.data } }) : err('there is no second layer inside')
}
