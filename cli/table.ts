/** Rows under headings, aligned, for a terminal. What a broker or a policy says cannot steer it: control characters are shown, not sent. */
import { printable } from '../shared/policy/plan-text.ts'

/** Two spaces between columns; no line ends with spaces. */
export function tableText(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const shown = [headings, ...rows.map((row) => row.map(cellText))]
  const widths = headings.map((_, column) => Math.max(...shown.map((row) => width(row[column] ?? ''))))
  const lines = shown.map((row) => row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - width(cell))).join('  '))
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}

function cellText(cell: string): string {
  return cell === '' ? '-' : printable(cell)
}

function width(text: string): number {
  return [...text].length
}
