/**
 * The messages between a caller and the broker's public endpoints: names of parameters, shapes of answers. The broker writes them, the action
 * and the command line read them. What is read is loose where RFC 6749 §5 lets a server add members; nothing here decides anything.
 */
import * as z from 'zod'

/** `grant_type` of RFC 8693 §2.1, the only one the broker serves. */
export const TOKEN_EXCHANGE_GRANT_TYPE = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** `subject_token_type` of a CI ID token (RFC 8693 §3). */
export const ID_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:id_token'

/** The other name under which a CI ID token may be presented (RFC 8693 §3). */
export const JWT_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:jwt'

/** The parameters of `POST /token` (RFC 8693 §2.1, RFC 9396 §2, and three of the broker's own). */
export const TOKEN_PARAMETERS = {
  grantType: 'grant_type',
  subjectToken: 'subject_token',
  subjectTokenType: 'subject_token_type',
  audience: 'audience',
  authorizationDetails: 'authorization_details',
  ttl: 'ttl',
  publicKey: 'public_key',
  requestedTokenType: 'requested_token_type',
  reason: 'reason',
} as const

/** The parameters of `POST /revoke` (RFC 7009 §2.1): the credential, or its lease with an ID token of the same run as Bearer. */
export const REVOKE_PARAMETERS = { token: 'token', tokenTypeHint: 'token_type_hint', leaseId: 'lease_id' } as const

/** The longest `reason`, in UTF-16 code units. */
export const MAX_REASON_LENGTH = 256

/** A grant's name, and every other name of a policy. */
export const NAME_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/

/** The shape of a compact JWS (RFC 7515 §7.1); says nothing about its truth. */
export const COMPACT_JWS_PATTERN = /^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+){2}$/

/** A printable word without space or control character: safe in an output, a path or a table. */
const word = z.string().regex(/^[\x21-\x7e]{1,256}$/)

/** The answer to a granted ask (RFC 8693 §2.2.1, RFC 9396 §7, and the broker's own members). */
export const tokenResponse = z.looseObject({
  /** Always one string: a compound credential is its JSON. Secret. */
  access_token: z.string().min(1),
  issued_token_type: z.string().startsWith('urn:'),
  token_type: z.string().min(1),
  /** Whole seconds; an asked `ttl` that was clamped shows here. */
  expires_in: z.int().positive(),
  /** What was granted, after narrowing. */
  authorization_details: z.array(z.looseObject({ type: z.string() })).length(1),
  kind: word,
  lease_id: word,
  policy: word,
  /** `grant/0` */
  rule: word,
})

export type TokenResponse = z.infer<typeof tokenResponse>

/** One reason of a refused grant, as told to its caller. */
export const wireReason = z.looseObject({
  rule: z.string(),
  attribute: z.string(),
  seen: z.string().nullable(),
  hint: z.string().optional(),
  expected: z.array(z.string()).optional(),
})

export type WireReason = z.infer<typeof wireReason>

/** Any answer that is not 2xx (RFC 6749 §5.2). Before the signature holds only `error`, `error_description`, `decision_id` are there. */
export const errorBody = z.looseObject({
  error: z.string(),
  error_description: z.string().optional(),
  code: z.string().optional(),
  decision_id: z.string().optional(),
  reasons: z.array(wireReason).optional(),
  hint: z.string().optional(),
})

export type ErrorBody = z.infer<typeof errorBody>
