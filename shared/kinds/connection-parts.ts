/** The members that connections of several kinds share: the reference to a root secret, and the address of an upstream's API. */
import * as z from 'zod'
import { LOOPBACK_HOST } from '../loopback.ts'
import { SECRET_NAME } from './kind.ts'

/** `{ secret: UPSTREAM_NAME }`: the name of a binding, never a value. */
export interface SecretReference {
  readonly secret: string
}

export const secretReference: z.ZodType<SecretReference> = z.strictObject({
  secret: z
    .string()
    .regex(SECRET_NAME, 'the name of a binding that begins with UPSTREAM_')
    .describe('The name of the secret at the broker; never the secret itself.'),
})

const HOST = '[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?'
const PATH = '(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*/?'
const API_URL = new RegExp(`^(?:https://(?:${HOST}|\\[::1\\])|http://${LOOPBACK_HOST})(?::[0-9]{1,5})?${PATH}$`)
const MAX_URL_CHARS = 255

/**
 * Where an upstream's API is: https with a lower-case host, or http on loopback, which only a broker on loopback will use.
 * No user, query, fragment, dot segment, `//`, `%` or white space.
 */
export const apiUrl: z.ZodType<string> = z
  .string()
  .max(MAX_URL_CHARS, `at most ${MAX_URL_CHARS} characters`)
  .regex(API_URL, 'an https URL with a lower-case host and no user, query or fragment (http only on loopback)')
  .describe('Where the API of the upstream is, if not at its usual address.')
