import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { asc, getTableColumns } from 'drizzle-orm'
import type { CopyIn } from '../src/db/copy.ts'
import { deadLetters } from '../src/db/schema/devices.ts'
import { keepDeadLetters, type Letter } from '../src/ingest/dead-letters.ts'
import { engines } from './engines.ts'
import { startIngest } from './ingest-rig.ts'

const letter: Letter = {
  ...{ kind: 'rejected', deviceId: 'DEV-1', topic: 'a\0b', reason: 'malformed', detail: 'ü'.repeat(600) },
  ...{ sizeBytes: 3, payload: Buffer.from([0, 255, 92]), range: null, acked: true },
}
const letters: Letter[] = [
  letter,
  { ...letter, deviceId: null, topic: '', payload: null, sizeBytes: 2 ** 31 - 1, acked: false },
  { ...letter, payload: Buffer.alloc(0), sizeBytes: 0 },
]

for (const engine of engines())
  describe(`dead letters on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { id, receivedAt, ...kept } = getTableColumns(deadLetters)
    const stored = () => db.select(kept).from(deadLetters).orderBy(asc(id))

    it('are the same rows whether they are copied or inserted', async () => {
      await database.transaction((tx) => keepDeadLetters(tx, letters))
      const inserted = await stored()
      await db.delete(deadLetters)
      await database.transaction((tx, copy) => keepDeadLetters(tx, letters, { copy }))
      assert.deepEqual(await stored(), inserted)
      assert.equal(inserted.length, letters.length)
      await db.delete(deadLetters)
    })

    it('are copied by ingest, whose statements hold none of their bytes', async () => {
      const copied: string[] = []
      const watched: typeof database = {
        ...database,
        transaction: (work) =>
          database.transaction((tx, copy) => {
            const watching: CopyIn = (target, rows) => {
              copied.push(target.table)
              return copy(target, rows)
            }
            return work(tx, watching)
          }),
      }
      const { ingest } = startIngest(watched)
      await ingest.take({ topic: 'fairmile/none', payload: Buffer.from('no batch') })
      await ingest.stop()
      assert.deepEqual(copied, ['dead_letters'])
      assert.deepEqual((await stored())[0]?.payload, Buffer.from('no batch'))
    })
  })
