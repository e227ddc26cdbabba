import type { Issuer } from '@fairmile/models/pricing/receipt.ts'
import { makeFolder } from '../make-folder.ts'
import { createIssuer, publishKey } from '../pricing/receipt-issuer.ts'
import { loadReceiptKey } from '../pricing/receipt-key.ts'
import type { RoleContext } from './role.ts'

/** Who signs this process's receipts; its public key is published beside those of all others. */
export async function openIssuer({ config, database }: Pick<RoleContext, 'config' | 'database'>): Promise<Issuer> {
  makeFolder(config.dataDir)
  const issuer = createIssuer(loadReceiptKey(config.receiptKeyFile))
  await publishKey(database.db, issuer)
  return issuer
}
