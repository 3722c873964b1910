/** The plan for a terminal. Values from policies and claims are shown with everything invisible escaped, so that none can pass for a line of ours. */
import type { GrantChange, Plan } from './plan.ts'
import type { Witness } from './plan-witness.ts'
import {
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

export function planText(plan: Plan): string {
  const danger = dangers(plan)
  const lines = [
    verdict(plan),
    `  ${plan.base} → ${plan.head}`,
    ...(danger.length > 0 ? ['', ...danger.map((phrase) => `! ${line(phrase)}`)] : []),
    ...quietChanges(plan).flatMap((change) => ['', `  ${line(change)}`]),
    ...inOrderOfDanger(plan.grants).flatMap(grantLines),
  ]
  return `${lines.join('\n')}\n`
}

function grantLines(change: GrantChange): readonly string[] {
  const gives = givesPhrase(change)
  return [
    '',
    `${printable(change.grant)}: ${change.change}${change.change === 'added' && change.newly.length === 0 ? ', and nobody can get it' : ''}`,
    ...(gives.length > 0 ? [`  ${line(gives)}`] : []),
    ...change.newly.flatMap((witness) => witnessLines(witness, '+ newly', 'before')),
    ...change.noLonger.flatMap((witness) => witnessLines(witness, '- no longer', 'now')),
    ...(change.isCut ? ['  … and more: the list is cut'] : []),
    ...change.terms.words.map((term) => `  ~ ${line(termPhrase(term))}`),
  ]
}

function witnessLines(witness: Witness, mark: string, other: 'before' | 'now'): readonly string[] {
  return [`  ${mark}: ${line(whoPhrase(witness))}`, `      ${line(proofPhrase(witness, other))}`]
}

function line(phrases: readonly Phrase[]): string {
  return phrases.map((phrase) => (typeof phrase === 'string' ? phrase : printable(phrase.value))).join('')
}

/** Control, format and separator characters, and halves of surrogate pairs, as `\u{…}`. */
export function printable(value: string): string {
  return value.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (unit) => `\\u{${unit.codePointAt(0)?.toString(16)}}`)
}
