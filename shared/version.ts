/**
 * The version of this house: what the command line prints and the broker's `/healthz` says. It is that of `package.json` and of the changelog's
 * newest release, which a test asserts; nothing reads those files at run time.
 */
export const VERSION = '0.1.0'
