/**
 * Reads what a TypeScript source imports, without a parser: every form in which one module can name another. It would rather report an import that is
 * none (text in a string that looks like one) than miss one, so that a law built on it cannot be slipped past. Not for code with JSX.
 */

export interface Import {
  /** As written: `./a.ts`, `zod`, `node:fs`. `*` when it is computed and cannot be known. */
  readonly specifier: string
  /** Gone at run time: `import type …`, or every imported name marked `type`. */
  readonly typeOnly: boolean
}

/** A comment may stand between any two words. */
const GAP = String.raw`(?:\s|/\*[\s\S]*?\*/|//[^\n]*\n)*`
const QUOTED = String.raw`(['"\`])([^'"\`\n]*)\1`

const FROM = new RegExp(String.raw`\bfrom${GAP}${QUOTED}`, 'g')
/** Only where a statement can begin: other languages inside a template have an `import` too. */
const SIDE_EFFECT = new RegExp(String.raw`(?:^|[\n;{}]|\*/)[^\S\n]*import${GAP}${QUOTED}`, 'g')
const CALLED = new RegExp(String.raw`\b(?:import|require|importScripts)${GAP}\(${GAP}(?:${QUOTED})?`, 'g')

/** Every import of a source, in no particular order, each as often as it is written. */
export function readImports(source: string): readonly Import[] {
  const found: Import[] = []
  for (const match of source.matchAll(FROM)) {
    const clause = clauseBefore(source.slice(0, match.index))
    if (clause !== undefined) found.push({ specifier: match[2] ?? '', typeOnly: isTypeOnly(clause) })
  }
  for (const match of source.matchAll(SIDE_EFFECT)) found.push({ specifier: match[2] ?? '', typeOnly: false })
  for (const match of source.matchAll(CALLED)) found.push({ specifier: literal(match), typeOnly: false })
  return found
}

/** A template with a hole in it names no file that can be known. */
function literal(match: RegExpExecArray): string {
  const [, quote, text] = match
  return text === undefined || (quote === '`' && text.includes('${')) ? '*' : text
}

/** What stands between `import` or `export` and `from`; `undefined` when that is no clause of imported names, so the `from` is another word. */
function clauseBefore(before: string): string | undefined {
  const statement = /\b(?:import|export)\b((?:(?!\b(?:import|export)\b)[\s\S])*)$/.exec(before)
  const clause = statement?.[1]?.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, ' ')
  return clause !== undefined && /^(?:[\w$*{},\s]|'[^'\n]*'|"[^"\n]*")*$/.test(clause) ? clause : undefined
}

function isTypeOnly(clause: string): boolean {
  if (/^\s+type\b(?!\s*,)/.test(clause)) return true
  const braces = /^\s*\{([^}]*)\}\s*$/.exec(clause)
  const names = (braces?.[1] ?? '').split(',').filter((name) => name.trim() !== '')
  return names.length > 0 && names.every((name) => /^\s*type\s+\w/.test(name))
}
