/** What a freeze can stop: everything, or what bears one name of the policy. */

export const FREEZE_TARGETS = ['workload', 'grant', 'connection', 'issuer', 'kind'] as const

export type FreezeTarget = { readonly target: 'all' } | { readonly target: (typeof FREEZE_TARGETS)[number]; readonly name: string }

/** One that is in force. `since`: RFC 3339; `by`: the authority, or the tripwire. */
export type Freeze = FreezeTarget & { readonly reason: string; readonly since: string; readonly by: string }
