import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sql } from 'drizzle-orm'
import { isMissingPartition } from '../src/db/sql-state.ts'
import { engines } from './engines.ts'

for (const engine of engines()) {
  describe(`isMissingPartition on ${engine.name}`, async () => {
    const { db } = await engine.open()
    const errorOf = (text: string) =>
      db.execute(sql.raw(text)).then(
        () => assert.fail('it was stored'),
        (error: unknown) => error,
      )

    it('tells a row without a month from one that a check refuses, whatever language the server speaks', async () => {
      const missing = await errorOf(
        `INSERT INTO telematics_events (device_id, boot_id, seq, at, quality) VALUES ('DEV-1', 1, 1, '1999-01-01', 3)`,
      )
      assert.equal(isMissingPartition(missing), true)
      const { cause } = missing as { cause: Error }
      assert.equal(isMissingPartition(Object.assign(cause, { message: 'keine Partition gefunden' })), true)
      await db.execute(sql`CREATE TABLE checked (n int CHECK (n > 0))`)
      assert.equal(isMissingPartition(await errorOf('INSERT INTO checked VALUES (0)')), false)
    })
  })
}
