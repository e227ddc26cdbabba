import type { Issuer } from '@fairmile/models/pricing/receipt.ts'
import type { OpenDatabase } from '../db/open.ts'
import type { Log } from '../log.ts'
import { makeFolder } from '../make-folder.ts'
import { createIssuer, publishKey } from '../pricing/receipt-issuer.ts'
import { loadReceiptKey } from '../pricing/receipt-key.ts'
import type { ModelGauges } from '../registry/gauges.ts'
import { createModelShelf, type ModelShelf } from '../registry/shelf.ts'
import { takeInVersions } from '../registry/take-in.ts'
import { driverModelName } from '../risk/driver-artifacts.ts'
import type { RoleContext } from './role.ts'

/** Takes the models of this release into the registry; null where no version can be used. */
export async function openModels(
  { db }: OpenDatabase,
  { scoring: gauge }: ModelGauges,
  log: Log,
): Promise<ModelShelf | null> {
  const added = await takeInVersions(db)
  if (added.length > 0) log.info({ added }, 'models taken into the registry')
  const shelf = createModelShelf({
    log,
    scoring(version, live) {
      gauge.reset()
      gauge.set({ model: driverModelName, version, stands_in: String(version !== live) }, 1)
    },
  })
  const usable = await shelf.live(db).catch((error: unknown) => log.error({ error }, 'no driver model can be used'))
  return usable ? shelf : null
}

/** Who signs this process's receipts; its public key is published beside those of all others. */
export async function openIssuer({ config, database }: Pick<RoleContext, 'config' | 'database'>): Promise<Issuer> {
  makeFolder(config.dataDir)
  const issuer = createIssuer(loadReceiptKey(config.receiptKeyFile))
  await publishKey(database.db, issuer)
  return issuer
}
