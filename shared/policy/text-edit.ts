/**
 * A change of the document as a change of the file it was read from: the one entry, and nothing around it, so that comments and layout stay.
 * Where a change could not be made without touching more, there is none.
 */
import { isJsonObject, type Json } from '../json.ts'
import type { EntryLayout, ParsedFile } from './parse.ts'
import type { DocumentEdit, DocumentPath } from './problem.ts'

/** `length` UTF-16 code units from `offset` become `text`. */
export interface TextEdit {
  readonly offset: number
  readonly length: number
  readonly text: string
}

/** `path` leads to the entry within the file. */
export function textEdit(edit: DocumentEdit, path: DocumentPath, file: ParsedFile): TextEdit | undefined {
  const layout = file.layoutOf(path)
  if (layout === undefined) return undefined
  if (edit === 'remove') return hasSiblings(file.value, path) ? removal(layout, file.text) : undefined
  const { keyStart, valueEnd } = layout
  return { offset: keyStart, length: valueEnd - keyStart, text: `${path.at(-1)}: ${edit.set}` }
}

/** A mapping left empty would be an error in its place. */
function hasSiblings(value: Json | undefined, path: DocumentPath): boolean {
  let parent: unknown = value
  for (const step of path.slice(0, -1)) parent = isJsonObject(parent) ? parent[step] : undefined
  return isJsonObject(parent) && Object.keys(parent).length > 1
}

/** Whole lines, so that none is left empty; in a flow mapping the commas would have to move too. */
function removal({ style, keyStart, valueEnd }: EntryLayout, text: string): TextEdit | undefined {
  const start = text.lastIndexOf('\n', keyStart - 1) + 1
  if (style === 'flow' || text.slice(start, keyStart).trim() !== '') return undefined
  const lineEnd = text.indexOf('\n', valueEnd)
  return { offset: start, length: (lineEnd < 0 ? text.length : lineEnd + 1) - start, text: '' }
}
