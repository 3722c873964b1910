/**
 * Break-glass, as both sides mean it: an envelope that two people open together while the broker cannot be asked, and the report of it that goes into the ledger
 * afterwards. The broker never sees what is inside, and honours nothing of it.
 */
import * as z from 'zod'
import { hasControlCharacter } from './platforms/platform.ts'

const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((text) => !hasControlCharacter(text) && text.trim() === text, 'one line, without space around it')

const envelopeId = z.string().regex(/^[0-9a-f]{32}$/)
const instant = z.iso.datetime()
/** What a person is called, in the envelope and in the ledger. */
export const personSchema = line(100)

const person = z.strictObject({
  person: personSchema,
  /** SHA-256 of the raw X25519 public key, base64url. */
  key: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
})

export const envelopeSchema = z.strictObject({
  break_glass: z.literal(1),
  id: envelopeId,
  /** What is inside, for people. */
  name: line(200),
  sealed_at: instant,
  /** When the credential inside ends at its upstream. */
  until: instant,
  people: z.tuple([person, person]).readonly(),
  /** The layer that is opened next: the first by the first of the people, then the second by the second. */
  layer: z.literal([0, 1]),
  /** Raw X25519 public key made for this layer, base64url. */
  ephemeral: z.base64url(),
  /** AES-256-GCM with its tag at the end, base64url. */
  ciphertext: z.base64url(),
})

export type Envelope = z.infer<typeof envelopeSchema>

/** `POST /break-glass` */
export const breakGlassReportSchema = z.strictObject({
  envelope: envelopeId,
  name: line(200),
  people: z.tuple([personSchema, personSchema]).refine(([first, second]) => first !== second, 'two different people'),
  opened_at: instant,
  reason: line(500),
})
