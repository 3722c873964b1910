/** What a ledger's name says: `v1:<issuer URL>:<owner id>`. Made by the broker of verified values alone; read here, never made. */

const LEDGER_NAME = /^v1:(.+):([0-9]+)$/

export interface LedgerParts {
  readonly issuerUrl: string
  readonly ownerId: string
}

/** `undefined` for a ledger of no issuer, such as that of the authorities. */
export function ledgerParts(name: string): LedgerParts | undefined {
  const [, issuerUrl, ownerId] = LEDGER_NAME.exec(name) ?? []
  return issuerUrl === undefined || ownerId === undefined ? undefined : { issuerUrl, ownerId }
}
