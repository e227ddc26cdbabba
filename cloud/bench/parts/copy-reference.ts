import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { PostgresServer } from '../../chaos/parts/postgres.ts'
import { openDatabase } from '../../src/db/open.ts'

/** What stood in the table and how fast COPY put it there again. */
export interface CopyReference {
  rows: number
  rowsPerS: number
}

/**
 * Takes the rows of `telematics_events` out to a file of the server and has `COPY` bring them in again, into the same empty partitions
 * with their indexes, in one transaction: the quickest way that the server itself has.
 */
export async function copyReference(server: PostgresServer): Promise<CopyReference> {
  const database = await openDatabase({ url: server.url, folder: server.socketFolder })
  const file = join(server.socketFolder, 'rows.copy')
  try {
    const { scripted } = database
    const [counted] = await scripted(async ({ script, rows }) => {
      await script(`COPY (SELECT * FROM telematics_events) TO '${file}' WITH (FORMAT binary)`)
      const count = await rows('SELECT count(*)::float8 AS n FROM telematics_events')
      await script('TRUNCATE telematics_events')
      return count
    })
    server.run('psql', ['-q', '-c', 'CHECKPOINT'])
    const startMs = performance.now()
    await scripted(({ script }) => script(`COPY telematics_events FROM '${file}' WITH (FORMAT binary)`))
    const elapsedS = (performance.now() - startMs) / 1000
    const rows = Number(counted?.n)
    return { rows, rowsPerS: rows / elapsedS }
  } finally {
    rmSync(file, { force: true })
    await database.close()
  }
}
