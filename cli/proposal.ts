/** What waits for a second person, as a broker tells it, and in words for a terminal. */
import * as z from 'zod'
import { printable } from './broker.ts'

export const proposalSchema = z.looseObject({
  proposal: z.string().regex(/^[0-9a-f]{1,64}$/),
  act: z.string(),
  expires_at: z.string(),
  by: z.string().optional(),
  /** Of `publish`. */
  policy: z.string().optional(),
  replaces: z.string().optional(),
  because: z.string().optional(),
  forced: z.string().optional(),
  /** Of `thaw`. */
  target: z.string().optional(),
  name: z.string().optional(),
})

export type Proposed = z.infer<typeof proposalSchema>

/** What would be done, in one line. */
export function whatText({ act, policy, replaces, because, forced, target, name }: Omit<Proposed, 'proposal' | 'expires_at'>): string {
  const why = [because, forced === undefined ? undefined : `forced: ${forced}`].filter((text) => text !== undefined).join('; ')
  const what = policy === undefined ? [target, name].filter((text) => text !== undefined).join(' ') : `${policy} in place of ${replaces}`
  return printable(`${act} ${what}${why === '' ? '' : ` (${why})`}`)
}

/** For the one who proposed it: what must happen next. */
export function proposedText(proposal: Proposed, broker: string): string {
  const { proposal: id, expires_at: end } = proposal
  return `Nothing is changed yet: this takes a second person. Proposed: ${whatText(proposal)}
Before ${printable(end)} somebody else runs, as the same role and in a run of their own:
  jobpass confirm ${id} --broker ${broker}
`
}
