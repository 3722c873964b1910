/** The version of this build; `npm version` and the changelog agree with it. */
export const VERSION = '0.1.0'
