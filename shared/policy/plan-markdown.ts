/**
 * The plan for a pull request: danger first, then counts, then lists, with the tokens folded away. Everything that a policy or a claim could have
 * chosen stands in a code element with all punctuation as character references: it can be no markup, no link and no mention, and end no table or block.
 */
import type { GrantChange, Plan } from './plan.ts'
import { printable } from './plan-text.ts'
import type { Witness } from './plan-witness.ts'
import {
  type Counts,
  countsOf,
  dangers,
  givesPhrase,
  inOrderOfDanger,
  type Phrase,
  proofPhrase,
  quietChanges,
  termPhrase,
  verdict,
  whoPhrase,
} from './plan-words.ts'

/** GitHub takes 65 536 characters in a comment or a summary. */
const MAX_LENGTH = 60_000
const MAX_DANGERS = 20

export function planMarkdown(plan: Plan): string {
  const danger = dangers(plan)
  const shown = danger.slice(0, MAX_DANGERS).map((phrases) => `- ⚠️ ${line(phrases)}`)
  const more = danger.length > MAX_DANGERS ? [`- ⚠️ and ${danger.length - MAX_DANGERS} more`] : []
  const quiet = quietChanges(plan).map((change) => `- ${line(change)}`)
  const start = [
    `### ${verdict(plan)}`,
    ...(danger.length > 0 ? [[...shown, ...more].join('\n')] : []),
    ...(plan.grants.length > 0 ? [countsTable(countsOf(plan))] : []),
    ...(quiet.length > 0 ? [quiet.join('\n')] : []),
  ]
  const end = `<sub>${code(plan.base)} → ${code(plan.head)}</sub>`
  return `${[...start, ...cut(inOrderOfDanger(plan.grants).map(grantBlock)), end].join('\n\n')}\n`
}

function countsTable({ added, removed, widened, narrowed, otherwise }: Counts): string {
  return `| widened | narrowed | changed otherwise | added | removed |\n|--:|--:|--:|--:|--:|\n| ${[widened, narrowed, otherwise, added, removed].join(' | ')} |`
}

/** As many blocks as fit. */
function cut(blocks: readonly string[]): readonly string[] {
  const kept: string[] = []
  let length = 0
  for (const block of blocks) {
    length += block.length
    if (length > MAX_LENGTH) return [...kept, `… and ${blocks.length - kept.length} more grants: \`jobpass plan\` lists them all.`]
    kept.push(block)
  }
  return kept
}

function grantBlock(change: GrantChange): string {
  const gives = givesPhrase(change)
  const nobody = change.change === 'added' && change.newly.length === 0 ? ['- nobody can get it'] : []
  const list = [
    ...(gives.length > 0 ? [`- ${line(gives)}`] : []),
    ...nobody,
    ...change.newly.map((witness) => `- ➕ newly ${line(whoPhrase(witness))}: ${line(proofPhrase(witness, 'before'))}`),
    ...change.noLonger.map((witness) => `- ➖ no longer ${line(whoPhrase(witness))}: ${line(proofPhrase(witness, 'now'))}`),
    ...(change.isCut ? ['- … and more: the list is cut'] : []),
    ...change.terms.words.map((term) => `- ${line(termPhrase(term))}`),
  ]
  const tokens = [...change.newly, ...change.noLonger].map(tokenText).join('\n')
  const details =
    tokens === '' ? [] : [`<details><summary>Tokens that the two policies answer differently</summary>\n\n${tokens}\n\n</details>`]
  return [`#### ${code(change.grant)} ${change.change}`, list.join('\n'), ...details].join('\n\n')
}

function tokenText({ payload }: Witness): string {
  return `<pre><code>${references(printableJson(payload))}</code></pre>`
}

function printableJson(payload: Witness['payload']): string {
  return JSON.stringify(payload, null, 2)
    .split('\n')
    .map((text) => printable(text))
    .join('\n')
}

function line(phrases: readonly Phrase[]): string {
  return phrases.map((phrase) => (typeof phrase === 'string' ? phrase : code(phrase.value))).join('')
}

/** A value somebody else chose, as nothing but itself. */
export function code(value: string): string {
  return `<code>${references(printable(value))}</code>`
}

/** Every ASCII punctuation mark but `-` `.` `,` and `/` as a character reference. */
function references(text: string): string {
  return text.replace(/[!-+:-@[-`{-~]/g, (mark) => `&#${mark.charCodeAt(0)};`)
}
