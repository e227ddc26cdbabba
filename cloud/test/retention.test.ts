import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sql } from 'drizzle-orm'
import { selectRows } from '../src/db/database.ts'
import { applyRetention, readRetention } from '../src/db/retention.ts'
import { deviceChains } from '../src/devices/chains.ts'
import { UsageError } from '../src/errors.ts'
import { addDevice } from './devices.ts'
import { engines } from './engines.ts'

const nowMs = Date.UTC(2026, 5, 15)

for (const engine of engines()) {
  describe(`applyRetention on ${engine.name}`, async () => {
    const database = await engine.open()
    const { db } = database
    const { id } = await addDevice(db)
    const daysAgo = (days: number) => sql`${new Date(nowMs - days * 86_400_000).toISOString()}::timestamptz`
    const kept = async (table: string, column: string) => {
      const rows = await selectRows<{ v: string }>(
        db,
        sql`SELECT ${sql.raw(column)}::text AS v FROM ${sql.raw(table)} ORDER BY 1`,
      )
      return rows.map(({ v }) => v)
    }
    const letter = (topic: string, days: number) =>
      db.execute(sql`
        INSERT INTO dead_letters (received_at, topic, reason, detail, size_bytes)
        VALUES (${daysAgo(days)}, ${topic}, 'r', 'd', 1)`)
    const batch = (first: number, days: number, lane = 'telematics', { boot = 1, proven = true } = {}) =>
      db.execute(sql`
        INSERT INTO device_batches (device_id, lane, boot_id, first_seq, last_seq, hash, gap, rejected, proven, received_at)
        VALUES (${id}, ${lane}, ${boot}, ${first}, ${first + 9}, ${Buffer.from([boot, first])}, false,
          ${proven ? null : 'bad_signature'}, ${proven}, ${daysAgo(days)})`)

    it('takes away what is older than its rule says, and keeps the newest batch of a lane', async () => {
      await letter('old', 181)
      await letter('new', 179)
      for (const [first, days] of [
        [1, 900],
        [11, 500],
        [21, 401],
      ] as const)
        await batch(first, days)
      await db.execute(sql`
        INSERT INTO driving_events (id, trip_id, device_id, boot_id, kind, start_at, end_at, peak, band, grade, trace)
        VALUES ('old', 't', ${id}, 1, 'crash', ${daysAgo(731)}, ${daysAgo(731)}, 1, 'count', 'A', '[]'),
          ('new', 't', ${id}, 1, 'crash', ${daysAgo(729)}, ${daysAgo(729)}, 1, 'count', 'A', '[]')`)
      const retired = await applyRetention(database, nowMs)
      assert.deepEqual([retired.dead_letters, retired.device_batches, retired.traces], [1, 2, 1])
      assert.deepEqual(await kept('dead_letters', 'topic'), ['new'])
      assert.deepEqual(await kept('device_batches', 'first_seq'), ['21'])
      assert.deepEqual(await kept('driving_events', 'id || (trace IS NULL)'), ['newfalse', 'oldtrue'])
      assert.deepEqual(
        Object.values(await applyRetention(database, nowMs)),
        Object.values(retired).map(() => 0),
      )
    })

    it('takes the traces out of what a car said of an event before, and leaves all else of it', async () => {
      const said = (days: number, trace: string) => ({ startAt: nowMs - days * 86_400_000, peak: 5, trace: [trace] })
      const [old, young] = [said(731, 'old'), said(729, 'young')]
      const version = (seq: number, event: object) =>
        db.execute(sql`
          INSERT INTO driving_event_versions (event_id, boot_id, seq, device_id, event)
          VALUES ('EVT-SAID', 1, ${seq}, ${id}, ${JSON.stringify(event)}::jsonb)`)
      for (const [seq, event] of [old, young].entries()) await version(seq + 1, event)
      assert.equal((await applyRetention(database, nowMs)).traces, 1)
      const { traces } = readRetention('traces=700')
      const events = async () =>
        (await kept('driving_event_versions', `seq || event::text`)).map((row) => JSON.parse(row.slice(1)))
      assert.deepEqual(await events(), [{ ...old, trace: null }, young])
      assert.equal((await applyRetention(database, nowMs, { days: { ...readRetention(''), traces } })).traces, 2)
      assert.deepEqual(
        await events(),
        [old, young].map((event) => ({ ...event, trace: null })),
      )
    })

    it('notes how far batches went: they are not missing, and a younger hole is', async () => {
      const missing = async () =>
        (await deviceChains(db, id)).map((chain) => [chain.lane, chain.ackedSeq, chain.missing])
      await db.execute(sql`
        INSERT INTO device_lanes (device_id, lane, boot_id, acked_seq) VALUES (${id}, 'trips', 1, 30)`)
      for (const lane of ['trips', 'urgent', 'raw'])
        for (const [first, days] of [
          [1, 500],
          [11, 402],
          [21, 401],
          [41, 30],
        ] as const)
          await batch(first, days, lane)
      await batch(41, 30)
      const hole = [{ firstSeq: 31, lastSeq: 40 }]
      assert.equal((await applyRetention(database, nowMs)).device_batches, 10)
      const expected = [
        ['raw', 0, []],
        ['telematics', 0, hole],
        ['trips', 30, hole],
        ['urgent', 0, hole],
      ]
      assert.deepEqual(await missing(), expected)
      assert.deepEqual(await kept('device_lanes', `lane || ':' || retired_seq`), [
        'telematics:30',
        'trips:30',
        'urgent:30',
      ])
      // The first batch of a boot that comes as late as that takes nothing back.
      await batch(1, 401, 'trips')
      assert.equal((await applyRetention(database, nowMs)).device_batches, 1)
      assert.deepEqual(await missing(), expected)
    })

    it('keeps nothing of what nobody signed, whatever boot and numbers it names', async () => {
      const [forged, acked] = [
        { boot: 9, proven: false },
        { boot: 3, proven: false },
      ]
      for (const first of [1, 101]) await batch(first, 401, 'urgent', forged)
      await batch(1, 500, 'urgent', { boot: 2 })
      await batch(11, 401, 'urgent', { boot: 2 })
      await batch(200, 401, 'urgent', { boot: 2, proven: false })
      await db.execute(sql`
        INSERT INTO device_lanes (device_id, lane, boot_id, acked_seq) VALUES (${id}, 'urgent', 3, 20)`)
      await batch(1, 401, 'urgent', acked)
      await batch(11, 401, 'urgent', { boot: 3 })
      assert.equal((await applyRetention(database, nowMs)).device_batches, 5)
      assert.deepEqual(await kept('device_batches', `boot_id || ':' || first_seq || lane`), [
        '1:41raw',
        '1:41telematics',
        '1:41trips',
        '1:41urgent',
        '2:11urgent',
        '3:11urgent',
      ])
      const lanes = await kept('device_lanes', `boot_id || ':' || retired_seq`)
      assert.deepEqual(
        lanes.filter((lane) => !lane.startsWith('1:')),
        ['2:10', '3:10'],
      )
    })

    it('goes by the days that it is given, in steps of any number', async () => {
      await db.execute(sql`
        INSERT INTO dead_letters (received_at, topic, reason, detail, size_bytes)
        SELECT ${daysAgo(5)}, 'many', 'r', 'd', 1 FROM generate_series(1, 10001)`)
      const retired = await applyRetention(database, nowMs, { days: readRetention('dead_letters=4') })
      assert.equal(retired.dead_letters, 10_002)
      await assert.rejects(applyRetention(database, nowMs, { signal: AbortSignal.abort() }))
    })
  })
}

describe('readRetention', () => {
  it('has defaults, and refuses what is no rule or no days', () => {
    assert.deepEqual([readRetention('').raw_chunks, readRetention(' raw_chunks = 7 ,').raw_chunks], [90, 7])
    for (const text of ['raw_chunks', 'raw_chunks=0', 'raw_chunks=-1', 'trips=5', 'toString=5'])
      assert.throws(() => readRetention(text), UsageError, text)
  })
})
