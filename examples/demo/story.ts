/**
 * Tells the demo on the terminal, and keeps count: a sentence that claims something is printed with whether it is so.
 * One claim that is not so makes the whole demo fail.
 */

const isTerminal = process.stdout.isTTY === true
const paint = (code: number, text: string): string => (isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text)

const failures: string[] = []

function line(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function chapter(title: string): void {
  line(`\n${paint(1, title)}`)
}

export function say(text: string): void {
  for (const part of text.split('\n')) line(`  ${part}`)
}

/** What a program printed, as a quotation. */
export function quote(text: string): void {
  for (const part of text.trimEnd().split('\n')) line(`  ${paint(2, `│ ${part}`)}`)
}

/** States something; the demo succeeds only if it is so. `seen` is told when it is not. */
export function claim(isSo: boolean, sentence: string, seen: unknown = undefined): void {
  line(isSo ? `  ${paint(32, '✓')} ${sentence}` : `  ${paint(31, '✗ NOT SO:')} ${sentence}`)
  if (isSo) return
  failures.push(sentence)
  if (seen !== undefined) quote(typeof seen === 'string' ? seen : JSON.stringify(seen, undefined, 2))
}

/** Says loudly what this machine cannot show. */
export function cannotShow(text: string): void {
  line(`  ${paint(33, `! NOT SHOWN: ${text}`)}`)
}

/** Claims that were not so. */
export function notSo(): readonly string[] {
  return failures
}
