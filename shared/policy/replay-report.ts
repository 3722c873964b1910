/**
 * The replay of recorded asks as a broker answers it, in words: for a terminal and for a pull request alike. Everything in it may have been chosen by somebody
 * else, so it is shown as text that can pass for nothing else.
 */
import * as z from 'zod'
import { code } from './plan-markdown.ts'
import { printable } from './plan-text.ts'

const flip = z.looseObject({
  grant: z.string(),
  repository: z.string(),
  from: z.string(),
  to: z.string(),
  asks: z.int(),
  decision: z.string(),
  at: z.string(),
})

/** What `POST /policy/plan` answers, as far as the replay goes. */
export const replayedSchema = z.looseObject({
  base: z.string(),
  replay: z.looseObject({ days: z.int(), since: z.string(), sampled: z.boolean(), asks: z.int(), changed: z.int(), flips: z.array(flip) }),
})

export type Replayed = z.infer<typeof replayedSchema>

type Flip = z.infer<typeof flip>

const MAX_LISTED = 50

export function replayText(replayed: Replayed): string {
  const lines = replayed.replay.flips.map(
    (one) =>
      `  ${one.to === 'refuse' ? '-' : '+'} ${printable(one.grant)} for ${printable(one.repository)}: ${outcomeText(one)}, such as decision ${printable(one.decision)}`,
  )
  return `${[`${countedText(replayed)} (${printable(replayed.base)})${sampledText(replayed)}`, ...lines].join('\n')}\n`
}

/** For a comment: the count first, then who would notice. */
export function replayMarkdown(replayed: Replayed): string {
  const { flips } = replayed.replay
  const lines = flips
    .slice(0, MAX_LISTED)
    .map(
      (one) =>
        `- ${one.to === 'refuse' ? '➖' : '➕'} ${code(one.grant)} for ${code(one.repository)}: ${outcomeText(one)}, such as decision ${code(one.decision)}`,
    )
  const more = flips.length > MAX_LISTED ? [`- … and ${flips.length - MAX_LISTED} more: \`jobpass plan --broker\` lists them all`] : []
  const list = lines.length === 0 ? [] : [[...lines, ...more].join('\n')]
  return `${['#### Recorded asks', `${countedText(replayed)} (${code(replayed.base)})${sampledText(replayed)}.`, ...list].join('\n\n')}\n`
}

function countedText({ replay: { days, asks, changed } }: Replayed): string {
  return `${changed} of ${asks} asks of the last ${days} days would be decided otherwise than under the active policy`
}

function sampledText({ replay: { sampled } }: Replayed): string {
  return sampled ? '; the newest stand for more' : ''
}

function outcomeText({ asks, to }: Flip): string {
  return `${asks} would be ${to === 'refuse' ? 'refused' : 'allowed'}`
}
