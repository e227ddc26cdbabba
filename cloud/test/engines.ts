import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { migrate } from '../src/db/migrate.ts'
import { type OpenDatabase, openDatabase } from '../src/db/open.ts'
import { type PostgresCluster, startPostgres } from './postgres-cluster.ts'
import { copyPrepared } from './prepared-folder.ts'

/** A kind of database that a test runs on. */
export interface Engine {
  name: 'PGlite' | 'PostgreSQL'
  /** Opens an empty, migrated database; closed after the tests of the file. */
  open(): Promise<OpenDatabase>
}

/** Both engines, so that every integration test runs on both. The server starts when it is first needed. */
export function engines(): Engine[] {
  const opened: OpenDatabase[] = []
  const folders: string[] = []
  let cluster: PostgresCluster | null = null
  after(async () => {
    for (const database of opened) await database.close()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
    cluster?.stop()
  })
  /** One after the other: while the embedded one starts, this process hears of no connection. */
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = (open: () => Promise<OpenDatabase>): Promise<OpenDatabase> => {
    const opening = last.then(open)
    last = opening.catch(() => undefined)
    return opening
  }
  const open = async (url: string | undefined) => {
    const parent = mkdtempSync(join(tmpdir(), 'fairmile-cloud-'))
    folders.push(parent)
    const folder = join(parent, 'data')
    if (url === undefined) await prepareData(folder)
    const database = await openDatabase({ url, folder })
    opened.push(database)
    await migrate(database)
    return database
  }
  return [
    { name: 'PGlite', open: () => inTurn(() => open(undefined)) },
    {
      name: 'PostgreSQL',
      open: () =>
        inTurn(async () => {
          cluster ??= await startPostgres()
          return open(await cluster.createDatabase())
        }),
    },
  ]
}

/** Makes a data folder whose embedded database is migrated already: a new one takes seconds to come to life. */
export const prepareData = (folder: string): Promise<void> =>
  copyPrepared('pglite', folder, async (data) => {
    const database = await openDatabase({ folder: data })
    await migrate(database)
    await database.close()
  })
