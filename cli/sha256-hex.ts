/** SHA-256 in hex: the digest that `shared/`, which knows no platform, is given. */
import { hash } from 'node:crypto'

export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex')
}
