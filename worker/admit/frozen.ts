/** The refusal of an exchange that a freeze stops, whether the ledger said so at admission or when a refusal was recorded. */
import type { Refusal } from '../../shared/refusal.ts'

export const FROZEN: Refusal = { code: 'frozen', retryAfter: 60 }
