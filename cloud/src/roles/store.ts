import { readFileSync } from 'node:fs'
import type { Config } from '../config.ts'
import { migrate } from '../db/migrate.ts'
import { type OpenDatabase, openDatabase } from '../db/open.ts'
import { ensurePartitions, monthsFrom } from '../db/partitions.ts'
import { ensureAdmin } from '../drivers/users.ts'
import { UsageError } from '../errors.ts'
import type { Log } from '../log.ts'
import { takeInPlans } from '../plans/take-in-plans.ts'
import { loadPlans } from '../pricing/plans.ts'
import { ensureSchemas } from '../schemas/ensure-schemas.ts'

/** Opens the database, migrated, with its months ahead and the first admin; every role needs it. */
export async function openStore(config: Config, log: Log, signal: AbortSignal): Promise<OpenDatabase> {
  const database = await openDatabase({ url: config.databaseUrl, folder: config.dataDir, pool: config.pool, signal })
  try {
    signal.throwIfAborted()
    const applied = await migrate(database)
    if (applied.length > 0) log.info({ applied }, 'database migrated')
    const added = await ensureSchemas(database.db)
    if (added.length > 0) log.info({ added }, 'schemas registered')
    const plans = await takeInPlans(database.db, loadPlans().values())
    if (plans.length > 0) log.info({ plans }, 'rating plans taken in')
    await ensurePartitions(database, monthsFrom(Date.now()))
    await bootstrapAdmin(database, config, log)
    return database
  } catch (error) {
    await database.close()
    throw error
  }
}

async function bootstrapAdmin({ db }: OpenDatabase, { admin }: Config, log: Log): Promise<void> {
  if (admin === null) return
  const { email, passwordFile } = admin
  let password: string
  try {
    password = readFileSync(passwordFile, 'utf8').trim()
  } catch (cause) {
    throw new UsageError(`Reading FAIRMILE_ADMIN_PASSWORD_FILE "${passwordFile}": ${String(cause)}`, { cause })
  }
  if (password === '') throw new UsageError(`Reading FAIRMILE_ADMIN_PASSWORD_FILE "${passwordFile}": it is empty`)
  if (await ensureAdmin(db, { email, password })) log.info({ email }, 'first admin made')
}
