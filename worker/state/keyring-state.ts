/** What the keyring's settings and rows mean: which schedule a name follows, and what people are shown of a key. Pure; no private half is looked at. */
import type { Config } from '../env.ts'
import type { KeyName } from '../keys/keys.ts'
import type { Sealing } from '../keys/sealing.ts'
import type { KeyPhase, KeyState, SealedUnder } from './keyring-port.ts'
import { algorithmOf, type revokedKeys, type StoredKey } from './keyring-rows.ts'
import { AUTHORITY_SCHEDULE, CHECKPOINT_SCHEDULE, type Phases, type Schedule, SIGNING_SCHEDULE } from './keyring-schedule.ts'

export function schedules(config: Pick<Config, 'keyRotation' | 'caRotation' | 'caOverlap'>): (key: KeyName) => Schedule {
  const signing = { ...SIGNING_SCHEDULE, rotation: config.keyRotation ?? SIGNING_SCHEDULE.rotation }
  const rotation = config.caRotation ?? AUTHORITY_SCHEDULE.rotation
  const authority = { ...AUTHORITY_SCHEDULE, rotation, publishedBefore: config.caOverlap ?? AUTHORITY_SCHEDULE.publishedBefore }
  const checkpoint = { ...CHECKPOINT_SCHEDULE, rotation }
  return (key) => (key === 'checkpoint' ? checkpoint : key.startsWith('ssh-ca:') ? authority : signing)
}

/** The keys of one name, the one that signs now first. */
export function statesOf({ current, next, previous }: Phases<StoredKey>, keyOf: Sealing['keyOf']): readonly KeyState[] {
  const inOrder = [...previous, current, next].filter((key) => key !== undefined)
  const phased: readonly (readonly [KeyPhase, StoredKey | undefined])[] = [
    ['current', current],
    ['next', next],
    ...previous.map((key) => ['previous', key] as const),
  ]
  return phased.flatMap(([phase, key]) => {
    if (key === undefined) return []
    const until = inOrder[inOrder.indexOf(key) + 1]?.useFrom ?? null
    return [{ ...named(key), phase, since: key.useFrom, until, sealedUnder: sealedUnder(key, keyOf) }]
  })
}

export function revokedState(key: ReturnType<typeof revokedKeys>[number]): KeyState {
  return { ...named(key), phase: 'revoked', since: key.useFrom, until: key.revokedAt, sealedUnder: 'nothing' }
}

function named({ key, kid }: Pick<StoredKey, 'key' | 'kid'>) {
  return { key, kid, algorithm: algorithmOf(key) }
}

function sealedUnder({ sealed }: StoredKey, keyOf: Sealing['keyOf']): SealedUnder {
  return sealed === '' ? 'nothing' : keyOf(sealed)
}
