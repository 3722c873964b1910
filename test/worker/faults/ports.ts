/**
 * Ports that fail on demand. Every call a request makes to what lies outside its isolate is noted in order, and one of them can be lost on the way there, lost on the
 * way back, or be the one at which the isolate dies: from then on none of its calls leaves it and none of its answers is heard.
 */
import { env } from 'cloudflare:workers'
import { buildDeps } from '../../../worker/build-deps.ts'
import type { Deps } from '../../../worker/deps.ts'
import { type Isolate, startIsolate } from '../harness.ts'

export const FAULTS = ['not_reached', 'answer_lost', 'answer_lost_once', 'killed_before', 'killed_after'] as const

/** `answer_lost_once`: the runtime says that the call may be tried again, and the second try gets through. */
export type PortFault = (typeof FAULTS)[number]

export interface FaultyIsolate extends Isolate {
  /** Every call so far, as `port.member`. */
  readonly calls: readonly string[]
  /** Settles when the isolate has died. */
  readonly died: Promise<void>
  /** Calls to anything but the upstream that failed, and were not tried again with success. */
  readonly unheard: readonly string[]
}

type Call = (...args: readonly unknown[]) => Promise<unknown>

/** An isolate whose calls meet faults by their numbers; without any it is healthy, and its calls are the list to go through. */
export function faultyIsolate(faultAt: (index: number, call: string) => PortFault | undefined = () => undefined): FaultyIsolate {
  const calls: string[] = []
  const unheard: string[] = []
  const death = Promise.withResolvers<void>()
  let isDead = false
  const die = (): Promise<never> => {
    isDead = true
    death.resolve()
    return new Promise(() => undefined)
  }
  const through = async (name: string, call: () => Promise<unknown>): Promise<unknown> => {
    if (isDead) return die()
    const fault = faultAt(calls.push(name) - 1, name)
    if (fault === 'killed_before') return die()
    if (!name.startsWith('world') && (fault === 'not_reached' || fault === 'answer_lost')) unheard.push(name)
    if (fault === 'not_reached') throw new Error('the call was lost')
    const answer = await call()
    if (isDead || fault === 'killed_after') return die()
    if (fault === undefined) return answer
    throw Object.assign(new Error('the answer was lost'), { retryable: fault === 'answer_lost_once' })
  }
  return { ...startIsolate(faultyDeps(through)), calls, unheard, died: death.promise }
}

function faultyDeps(through: (name: string, call: () => Promise<unknown>) => Promise<unknown>): Partial<Deps> {
  const base = buildDeps(env)
  function port<T extends object>(name: string, real: T, watched: (member: string) => boolean = () => true): T {
    return new Proxy(real, {
      get: (target, member) => {
        const original: unknown = Reflect.get(target, member)
        if (typeof original !== 'function' || typeof member !== 'string' || !watched(member)) return original
        const call: Call = (...args) => through(`${name}.${member}`, () => Reflect.apply(original, target, args))
        return call
      },
    })
  }
  const outward = port('world', { fetch: base.fetch })
  return {
    fetch: (input, init) => outward.fetch(input, init),
    keys: port('keys', base.keys),
    sealing: port('sealing', base.sealing, (member) => member !== 'keyOf'),
    ledger: (name) => port('ledger', base.ledger(name)),
    policyStore: () => port('policyStore', base.policyStore()),
  }
}
