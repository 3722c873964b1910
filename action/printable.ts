/**
 * Makes text of others harmless before it is shown: in the log, where a line can be a command to the runner, and in the step summary, which
 * is Markdown. It hides nothing: secrets are the business of masks.
 */

const MAX_SHOWN = 300

/** One line, without control and direction characters, without the marks of the runner's commands, cut at 300 characters. */
export function printable(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .replaceAll('##[', '## [')
    .replace(/::+/g, ':')
  const characters = [...line]
  return characters.length > MAX_SHOWN ? `${characters.slice(0, MAX_SHOWN).join('')}…` : line
}

/**
 * A cell of a Markdown table, as code. Every character that could mean something to Markdown, HTML or the linkifier becomes a character
 * reference, which neither of them reads as markup.
 */
export function tableCell(text: string): string {
  const escaped = printable(text)
    .replace(/[^\p{L}\p{N} :/,._-]/gu, reference)
    .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, reference)
    .replace(/(?<=[:/])\//g, reference)
    .replace(/(?<=www)\./gi, reference)
  return `<code>${escaped}</code>`
}

function reference(character: string): string {
  return `&#${character.codePointAt(0)};`
}
