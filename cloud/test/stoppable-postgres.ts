import { after } from 'node:test'
import { createPostgres, type PostgresServer } from '../chaos/parts/postgres.ts'
import { openSite } from '../chaos/parts/site.ts'
import { migrate } from '../src/db/migrate.ts'
import { type OpenDatabase, openDatabase } from '../src/db/open.ts'

/** A PostgreSQL of a suite's own, migrated, that may stand still; it goes on and is gone after the suite. */
export async function openStoppable(): Promise<{ postgres: PostgresServer; database: OpenDatabase }> {
  const site = openSite()
  const postgres = createPostgres(site)
  await postgres.start()
  const database = await openDatabase({ url: postgres.url, folder: site.folder })
  after(async () => {
    postgres.resume()
    await database.close()
    await site[Symbol.asyncDispose]()
  })
  await migrate(database)
  return { postgres, database }
}
