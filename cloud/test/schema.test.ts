import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { describeDrizzled, describeMigrated, readTables } from './drizzled.ts'
import { engines } from './engines.ts'

const tables = await readTables()

for (const engine of engines())
  describe(`tables of src/db/schema on ${engine.name}`, async () => {
    const database = await engine.open()
    const [migrated, drizzled] = await database.scripted(async (session) => [
      await describeMigrated(session),
      await describeDrizzled(session, tables),
    ])

    for (const kind of ['tables', 'columns', 'indexes', 'keys'] as const)
      it(`say the ${kind} that the migrations make, and no others`, () => {
        assert.deepEqual(drizzled[kind], migrated[kind])
      })
  })
