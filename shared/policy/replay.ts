/**
 * The replay of history: recorded asks, as they were judged then, put to two policies. What the plan proves in general, this shows for the callers
 * there really were. It counts and lists; it never changes anything, and shows a person nothing of an ask but names.
 */
import * as z from 'zod'
import { isJsonObject, type JsonObject } from '../json.ts'
import { ledgerParts } from '../ledger-name.ts'
import { decide } from './decide.ts'
import type { Caller, Policy } from './policy.ts'

/** The members of a recorded entry that a replay needs. Loose: an entry holds more. */
export const askEntrySchema = z.looseObject({
  ledger: z.string(),
  at: z.string(),
  grant: z.string(),
  decision: z.string(),
  type: z.string().exactOptional(),
  /** Of a refusal. */
  code: z.string().exactOptional(),
  workload: z.string().exactOptional(),
  connection: z.string().exactOptional(),
  issuer: z.string().exactOptional(),
  ask: z.looseObject({
    attributes: z.record(z.string(), z.string()),
    /** What a caller who narrowed the scope asked for. */
    asked: z.custom<JsonObject>(isJsonObject).exactOptional(),
  }),
})

export type AskEntry = z.infer<typeof askEntrySchema>

/** Asks of one repository for one grant whose decision differs between the two policies. */
export interface Flip {
  readonly grant: string
  readonly repository: string
  readonly from: 'allow' | 'refuse'
  readonly to: 'allow' | 'refuse'
  readonly asks: number
  /** The newest of them, by its decision id. */
  readonly decision: string
  readonly at: string
}

export interface Replay {
  readonly asks: number
  readonly changed: number
  readonly flips: readonly Flip[]
}

/** @param entries newest first */
export function replayAsks(entries: readonly AskEntry[], base: Policy, head: Policy): Replay {
  const flips = new Map<string, Flip>()
  let changed = 0
  for (const entry of entries) {
    const [from, to] = [outcomeOf(entry, base), outcomeOf(entry, head)]
    if (from === to) continue
    changed++
    const { grant, decision, at } = entry
    const repository = repositoryOf(entry, [head, base])
    const key = JSON.stringify([grant, repository, to])
    const known = flips.get(key)
    flips.set(key, known === undefined ? { grant, repository, from, to, asks: 1, decision, at } : { ...known, asks: known.asks + 1 })
  }
  return { asks: entries.length, changed, flips: [...flips.values()].sort((a, b) => b.asks - a.asks) }
}

function outcomeOf(entry: AskEntry, policy: Policy): 'allow' | 'refuse' {
  const caller = callerOf(entry, policy)
  return caller === undefined ? 'refuse' : decide(policy, caller, entry.grant).outcome
}

/** The recorded caller under a policy; `undefined` when the policy trusts its issuer no more. The fence is the judge's to check. */
export function callerOf({ ledger, ask }: AskEntry, policy: Policy): Caller | undefined {
  const { issuerUrl = '', ownerId = '' } = ledgerParts(ledger) ?? {}
  const issuer = policy.issuers.get(issuerUrl)
  if (issuer === undefined) return undefined
  const attributes = new Map(Object.entries(ask.attributes))
  return { issuer, owner: { id: ownerId, name: attributes.get(issuer.platform.roles.owner) ?? '' }, attributes }
}

/** A decision flips under one of the two policies, so one of them knows the issuer. */
function repositoryOf(entry: AskEntry, policies: readonly Policy[]): string {
  const caller = policies.map((policy) => callerOf(entry, policy)).find((found) => found !== undefined)
  return caller?.attributes.get(caller.issuer.platform.roles.repository) ?? ''
}
