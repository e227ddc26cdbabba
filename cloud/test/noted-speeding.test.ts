import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Contest } from '@fairmile/contract/http/contests.ts'
import type { TripsRecord } from '@fairmile/contract/records.ts'
import { asc, eq, gt, max, sql } from 'drizzle-orm'
import { applyLimitCorrections } from '../src/contests/apply-limit-corrections.ts'
import { selectRows } from '../src/db/database.ts'
import { correctedEvents, limitCorrections, speedingNotes } from '../src/db/schema/contests.ts'
import { domainEvents } from '../src/db/schema/outbox.ts'
import { contestRig } from './contest-rig.ts'
import { renamed, speedingDrive } from './contested-drives.ts'
import { engines } from './engines.ts'

const from = '2026-01-01T00:00:00Z'

/** A drive whose event was on a road farther to the east. */
const elsewhere = (records: TripsRecord[]): TripsRecord[] =>
  records.map((record) => {
    if (record.type !== 'event' || !record.event.trace) return record
    const trace = { ...record.event.trace, lon: record.event.trace.lon.map(() => 12.5) }
    return { ...record, event: { ...record.event, lon: 12.5, trace } }
  })

for (const engine of engines()) {
  describe(`events of speeding that come after their limit was corrected, on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { other, admin2, store, contest, opened, ruled, countsOf, consumers } = await contestRig(database)
    const apply = async () => {
      const done = await applyLimitCorrections(db, { nowMs: Date.now(), failed: assert.fail })
      await consumers.drain()
      return done
    }
    const uphold = async (of: Contest, limitKmh: number) => {
      const upheld = { ruling: 'upheld', limit: { limitKmh, radiusM: 100, from } }
      assert.equal((await ruled(await ruled(of, upheld), upheld, admin2)).state, 'upheld')
    }
    /** Copies of an event that were there before the correction, so that nothing notes them. */
    const copies = (event: string, letter: string, count: number) =>
      db.execute(sql`
        INSERT INTO driving_events SELECT (jsonb_populate_record(e, jsonb_build_object('id', 'EVT-' || ${letter}::text || lpad(n::text, 11, '0')))).*
        FROM driving_events e, generate_series(1, ${count}::int) n WHERE e.id = ${event}`)
    const judged = async () =>
      (await db.select().from(correctedEvents).orderBy(asc(correctedEvents.eventId))).map(({ eventId }) => eventId)
    /** Every correction as it stands, with the transaction that wrote it last. */
    const corrections = () => selectRows(db, sql`SELECT xmin::text AS written, * FROM limit_corrections ORDER BY id`)

    it('are judged alone: no other event there is looked at again', async () => {
      await store(0, speedingDrive(5))
      await uphold(await opened(5, { reason: 'wrong_limit' }), 70)
      assert.deepEqual(await apply(), { corrections: 1, trips: 0, failed: 0 })
      await copies('EVT-000000000005', 'Y', 1)
      await store(0, speedingDrive(6))
      assert.deepEqual(await apply(), { corrections: 0, trips: 1, failed: 0 })
      assert.deepEqual(await judged(), ['EVT-000000000005', 'EVT-000000000006'])
      assert.deepEqual(await countsOf(6), ['speeding coach'])
      assert.deepEqual(await db.select().from(speedingNotes), [])
    })

    it('leave a pass that is under way where it is, and every correction as it was', async () => {
      await db.update(limitCorrections).set({ due: true, judgedTo: 'EVT-Y' })
      const before = await corrections()
      await store(0, speedingDrive(7))
      assert.deepEqual(await corrections(), before)
      assert.deepEqual(await apply(), { corrections: 1, trips: 2, failed: 0 })
      assert.deepEqual(await judged(), [5, 6, 7].map((n) => `EVT-00000000000${n}`).concat('EVT-Y00000000001'))
    })

    it('are judged by no limit of another time or road', async () => {
      await store(0, speedingDrive(8))
      await store(1, renamed(elsewhere(speedingDrive(8)), 'A'))
      await db.update(limitCorrections).set({ validUntil: new Date(Date.UTC(2026, 5, 8)) })
      assert.deepEqual(await apply(), { corrections: 0, trips: 0, failed: 0 })
      await store(0, speedingDrive(9))
      await db.update(limitCorrections).set({ validUntil: null })
      assert.deepEqual(await apply(), { corrections: 0, trips: 1, failed: 0 })
      assert.deepEqual([await countsOf(8), await countsOf(9)], [['speeding count'], ['speeding coach']])
    })

    it('wait for no other road: corrections take turns', async () => {
      await store(0, speedingDrive(4))
      await copies('EVT-000000000004', 'X', 250)
      await db.update(limitCorrections).set({ due: true, judgedTo: null })
      await store(1, renamed(elsewhere(speedingDrive(7)), 'B'))
      const { status, body } = await contest('B', { reason: 'wrong_limit' }, other)
      assert.equal(status, 201)
      await uphold(Contest.parse(body), 80)
      const [{ last } = { last: null }] = await db.select({ last: max(domainEvents.id) }).from(domainEvents)
      assert.equal((await apply()).corrections, 2)
      const told = await db
        .select({ data: domainEvents.data })
        .from(domainEvents)
        .where(sql`${gt(domainEvents.id, last ?? 0)} AND ${eq(domainEvents.type, 'TripCompleted')}`)
        .orderBy(asc(domainEvents.id))
      const tripsTold = told.map(({ data }) => (data as { tripId: string }).tripId)
      const theirs = tripsTold.indexOf('TRP-00000000000A')
      assert.ok(theirs > 0 && theirs < tripsTold.lastIndexOf('TRP-000000000004'), tripsTold.join())
    })

    it('hold up no other where they cannot be judged, of a correction and noted ones, and wait for the next time', async () => {
      const idOf = (letter: string, n: number) => `EVT-${letter}${String(n).padStart(11, '0')}`
      await copies('EVT-000000000004', 'Z', 3)
      await db.update(limitCorrections).set({ due: true, judgedTo: null })
      const [near] = await db.select().from(limitCorrections).orderBy(asc(limitCorrections.id))
      await db.execute(sql`
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$`)
      await db.execute(sql`
        CREATE TRIGGER refuse BEFORE INSERT ON corrected_events FOR EACH ROW
        WHEN (NEW.event_id ~ '^EVT-[WZ]0+2') EXECUTE FUNCTION refuse()`)
      const failed: unknown[] = []
      const attempt = () => applyLimitCorrections(db, { nowMs: Date.now(), failed: (what) => failed.push(what) })
      const first = await attempt()
      assert.deepEqual([first.corrections, first.failed, failed.splice(0)], [2, 1, [near?.id]])
      await copies('EVT-000000000004', 'W', 3)
      for (const n of [1, 2, 3]) await db.insert(speedingNotes).values({ eventId: idOf('W', n) })
      assert.deepEqual([(await attempt()).failed, failed.splice(0)], [2, ['late', 'late']])
      const those = async () => (await judged()).filter((id) => /^EVT-[WZ]/.test(id))
      assert.deepEqual(await those(), [idOf('W', 1), idOf('W', 3), idOf('Z', 1), idOf('Z', 3)])
      const noted = (await db.select().from(speedingNotes)).map(({ eventId }) => eventId)
      assert.deepEqual(noted.sort(), [idOf('W', 2), idOf('Z', 2)])
      await db.execute(sql`DROP TRIGGER refuse ON corrected_events`)
      assert.equal((await apply()).failed, 0)
      assert.equal((await those()).length, 6)
      assert.deepEqual(await db.select().from(speedingNotes), [])
    })
  })
}
