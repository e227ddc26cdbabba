import { readConfig } from '../config.ts'
import { type OpenDatabase, openDatabase } from '../db/open.ts'
import { isUndefinedTable } from '../db/sql-state.ts'
import { UsageError } from '../errors.ts'

/** Opens the database that the environment names for one command, and closes it whatever happens. */
export async function withDatabase<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir, pool } = readConfig(process.env)
  const database = await openDatabase({ url: databaseUrl, folder: dataDir, pool })
  try {
    return await work(database)
  } catch (error) {
    if (!isUndefinedTable(error)) throw error
    throw new UsageError('The database has no tables yet: run "fairmile-cloud migrate" first', { cause: error })
  } finally {
    await database.close()
  }
}
