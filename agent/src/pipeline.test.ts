import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import type { LiveState } from '@fairmile/contract/live.ts'
import type { Alert } from '@fairmile/contract/records.ts'
import { quality } from '@fairmile/contract/telematics.ts'
import type { TripRecord } from '@fairmile/contract/trip.ts'
import { thresholds } from '@fairmile/models/events/thresholds.ts'
import type { Scorer } from '@fairmile/models/scoring/scorer.ts'
import { rotationOf } from './motion/axes.ts'
import type { SecondSummary } from './motion/second.ts'
import { syntheticDrive } from './motion/synthetic-drive.ts'
import type { PipelineOutput } from './pipeline/output.ts'
import { createPipeline } from './pipeline.ts'
import type { LimitAt } from './sensors.ts'

const mount = { rollDeg: 0, pitchDeg: 0, yawDeg: 90 }
const wall = Date.UTC(2026, 10, 23, 8)

/** Plays a drive and gathers what the pipeline tells. */
const run = async (
  drive: ReturnType<typeof syntheticDrive>,
  scorer: Scorer | null,
  known = true,
  limitAt?: LimitAt,
) => {
  const seconds: SecondSummary[] = []
  const trips: TripRecord[] = []
  const events: DrivingEvent[] = []
  const live: LiveState[] = []
  const alerts: Alert[] = []
  const started: string[] = []
  let scores = 0
  let seq = 1
  const pipeline = createPipeline({
    device: 'DEV-1',
    boot: 7,
    thresholds,
    scorer,
    timeZone: 'Europe/Berlin',
    nextSeq: () => seq,
    wallMs: () => wall,
    ...(known && { mount }),
    ...(limitAt && { limitAt }),
    output: {
      telematics(summary) {
        seq++
        seconds.push(summary)
      },
      tripStarted: ({ tripId }) => void started.push(tripId),
      trip: (trip) => void trips.push(trip),
      alert: (alert) => void alerts.push(alert),
      event: (event) => void events.push(event),
      live: (state) => void live.push(state),
      score: () => void scores++,
    },
  })
  let next = 0
  for (const fix of drive.fixes) {
    while (next < drive.imu.length && drive.imu[next]!.tMs <= fix.tMs) pipeline.imu(drive.imu[next++]!)
    pipeline.fix(fix)
    await pipeline.settled()
  }
  await pipeline.end('recording_end')
  return { seconds, trips, events, alerts, live, started, scores }
}

const scorerOf = (risk: number): Scorer => {
  const score = { risk, margin: 0, relativity: 1, source: 'model' as const }
  return {
    manifest: {} as Scorer['manifest'],
    failures: 0,
    lastFailure: null,
    score: async () => score,
    scoreRows: async (_rows, n) => Array.from({ length: n }, () => score),
  }
}

const drive = syntheticDrive({ seconds: 180, imuHz: 50, fixHz: 1, lagMs: 0, mount })

test('createPipeline tells one trip with statistics, summaries numbered without gaps, and live states', async () => {
  const { seconds, trips, live, started } = await run(drive, null)
  assert.equal(trips.length, 1)
  const [trip] = trips as [TripRecord]
  assert.equal(started[0], trip.id)
  assert.equal(trip.endReason, 'recording_end')
  assert.ok(Math.abs(trip.statistics.distanceM / drive.distanceM - 1) < 0.02, `${trip.statistics.distanceM}`)
  assert.ok(trip.firstSeq >= 1 && trip.lastSeq > trip.firstSeq + 140 && trip.lastSeq <= seconds.length)
  assert.ok(live.length > 150)
  assert.ok(live.some(({ tripId }) => tripId === trip.id))
  for (let i = 1; i < seconds.length; i++) assert.ok(seconds[i]!.at > seconds[i - 1]!.at)
})

test('createPipeline stamps records by the wall clock before GNSS tells the time, and says so', async () => {
  const { seconds } = await run(drive, null)
  assert.ok(seconds.every(({ at, quality: bits }) => at > wall - 1000 && (bits & quality.clockUnset) !== 0))
  const timed = { ...drive, fixes: drive.fixes.map((fix) => ({ ...fix, utcMs: wall + 86_400_000 + fix.tMs })) }
  const late = (await run(timed, null)).seconds.at(-1)
  assert.ok((late?.at ?? 0) > wall + 86_400_000)
  assert.equal((late?.quality ?? 0) & quality.clockUnset, 0)
})

test('createPipeline scores every full window and keeps the risk in summaries and statistics', async () => {
  const { seconds, trips, scores } = await run(drive, scorerOf(42))
  assert.equal(seconds.at(-1)?.liveRisk, 42)
  assert.ok(scores > 150)
  const { riskSum, riskS } = (trips[0] as TripRecord).statistics
  assert.ok(Math.abs(riskSum / riskS - 42) < 1e-6)
})

test('createPipeline holds the last good risk for ten seconds, marked, and adds none of it to the trip', async () => {
  const good = scorerOf(42)
  const lost = { risk: 99, margin: 0, relativity: 1, source: 'last_good' as const }
  let scored = 0
  const failing: Scorer = {
    ...good,
    // From 400 windows on, in the middle of the trip.
    score: async (row) => (++scored > 400 ? lost : await good.score(row)),
    scoreRows: async (rows, n) => (await good.scoreRows(rows, n)).map((score) => (++scored > 400 ? lost : score)),
  }
  const { seconds, trips } = await run(drive, failing)
  const held = seconds.filter(({ quality: bits }) => (bits & quality.riskHeld) !== 0)
  const kept = held.filter(({ liveRisk }) => liveRisk === 42)
  assert.ok(kept.length >= 9 && kept.length <= 11, `${kept.length}`)
  assert.ok(held.length > 100 && held.slice(kept.length).every(({ liveRisk }) => liveRisk === null))
  const { riskSum, riskS } = (trips[0] as TripRecord).statistics
  assert.ok(Math.abs(riskSum / riskS - 42) < 1e-6 && riskS < 41)
})

test('createPipeline alerts of nothing before the mount is known, and judges it afterwards, never as grade A', async () => {
  // Ahead of the axes: 0.6 g of braking for 0.8 s, which the receiver's speeds do not show.
  const [x, y, z] = rotationOf(mount)
  const imu = drive.imu.map((sample) => {
    const { tMs, ax, ay, az } = sample
    const push = tMs >= 30_000 && tMs < 30_800 ? -6 : 0
    return { ...sample, ax: ax + x! * push, ay: ay + y! * push, az: az + z! * push }
  })
  const { events, seconds, alerts } = await run({ ...drive, imu }, null, false)
  const known = seconds.find(({ quality: bits }) => (bits & quality.uncalibrated) === 0)
  assert.ok(known !== undefined && known !== seconds[0])
  const isLate = ({ gradeReasons }: DrivingEvent) => gradeReasons.includes('judged_later')
  const late = events.filter(isLate)
  assert.ok(late.length > 0 && events.length > late.length)
  assert.ok(late.every(({ endAt, grade }) => endAt < known.at && grade !== 'A'))
  assert.ok(events.every((event) => isLate(event) || event.startAt >= known.at - 1000))
  assert.ok(alerts.every(({ at }) => at >= known.at - 1000))
  assert.equal(new Set(events.map(({ id }) => id)).size, events.length)
})

test('createPipeline gives the same records for the same drive', async () => {
  assert.deepEqual(await run(drive, scorerOf(10)), await run(drive, scorerOf(10)))
})

/** A pipeline in the middle of the drive, with a hook into what it tells. */
const midway = async (output: PipelineOutput, scorer: Scorer | null) => {
  let seq = 1
  const pipeline = createPipeline({
    device: 'DEV-1',
    boot: 7,
    thresholds,
    scorer,
    timeZone: 'UTC',
    nextSeq: () => seq,
    wallMs: () => wall,
    mount,
    output: { telematics: () => void seq++, ...output },
  })
  pipeline.board({ ...ignitionOff, tMs: 0, ignition: true })
  for (const fix of drive.fixes.slice(0, 60)) pipeline.fix(fix)
  await pipeline.settled()
  return pipeline
}
const ignitionOff = { tMs: 60_000, ignition: false, batteryMv: null, odometerM: null, odometerStepM: null }

for (const [how, scorer] of [
  ['with', scorerOf(10)],
  ['without', null],
] as const)
  test(`createPipeline tells once that the car is parked when its sensors go off with the ignition, ${how} a model`, async () => {
    const live: LiveState[] = []
    const ended = Promise.withResolvers<void>()
    const pipeline = await midway(
      {
        live(state) {
          live.push(state)
          if (state.tripId === null && live.at(-2)?.tripId) ended.resolve()
        },
      },
      scorer,
    )
    assert.notEqual(live.at(-1)?.tripId, null)
    const before = live.length
    pipeline.board(ignitionOff)
    await ended.promise
    await pipeline.end('shutdown')
    assert.equal(live.length, before + 1)
    assert.equal(live.at(-1)?.tripId, null)
    assert.ok((live.at(-1)?.at ?? 0) > (live.at(-2)?.at ?? 0), 'a screen leaves out what is not newer')
  })

for (const [how, scorer] of [
  ['with', scorerOf(10)],
  ['without', null],
] as const)
  test(`createPipeline tells of what fails inside once, counts it and goes on, ${how} a model`, async () => {
    const troubles: string[] = []
    const told = Promise.withResolvers<void>()
    let motions = 0
    const pipeline = await midway(
      {
        motion() {
          if (motions++ < 3) throw new Error('the third is the last')
        },
        trip() {
          throw new Error('no room')
        },
        trouble: (message) => void troubles.push(message),
        live: ({ tripId }) => tripId === null && motions > 100 && told.resolve(),
      },
      scorer,
    )
    assert.ok(motions > 100)
    assert.equal(pipeline.counts.failures, 3)
    assert.deepEqual(troubles, ['judging what was sensed failed, going on: Error: the third is the last'])
    pipeline.board(ignitionOff)
    await told.promise
    await pipeline.end('shutdown')
    assert.equal(pipeline.counts.failures, 4)
  })

test('createPipeline judges speeding by the limits it is given, and tells of it while it lasts', async () => {
  const limitAt: LimitAt = ({ tMs }) => (tMs < 120_000 ? { limitKmh: 50, confidence: 1 } : null)
  const { seconds, events, alerts, trips } = await run(drive, null, true, limitAt)
  assert.deepEqual(
    seconds.map(({ limitKmh }) => limitKmh).filter((limit, n, all) => limit !== all[n - 1]),
    [50, null],
  )
  const speeding = events.filter(({ kind }) => kind === 'speeding')
  assert.ok(speeding.length > 0 && speeding.every(({ limitKmh, grade }) => limitKmh === 50 && grade === 'A'))
  const alert = alerts.find(({ kind }) => kind === 'speeding')
  const event = speeding.find(({ id }) => id === alert?.eventId)
  assert.ok(alert && event && alert.at >= event.startAt + 10_000 && alert.at < event.endAt)
  const { limitKnownS, overLimitS } = (trips[0] as TripRecord).statistics
  // From 20 s to 120 s, without the moments at a standstill in between.
  assert.ok(limitKnownS > 85 && limitKnownS < 100 && overLimitS[0] > overLimitS[1])
})

test('createPipeline tells a crash in the very call that showed it, with what the IMU said before', async () => {
  const drive = syntheticDrive({ seconds: 120, imuHz: 100, fixHz: 1, lagMs: 300, mount })
  const blow = (tMs: number): number =>
    tMs > 80_000 && tMs < 80_100 ? 90 * Math.sin((Math.PI * (tMs - 80_000)) / 100) : 0
  // Forward is where the device's −y is: the mount is turned by 90°.
  for (const sample of drive.imu) sample.ay += blow(sample.tMs)
  const told: string[] = []
  let nowMs = 0
  const events: DrivingEvent[] = []
  const pipeline = createPipeline({
    ...{
      device: 'DEV-1',
      boot: 7,
      thresholds,
      scorer: null,
      timeZone: 'UTC',
      nextSeq: () => 1,
      wallMs: () => wall,
      mount,
    },
    output: {
      alert: ({ kind, eventId }) => void told.push(`${kind} ${eventId} ${nowMs < 80_200}`),
      crash: (records) => void told.push(...records.map(({ eventId, imu }) => `${eventId} ${imu.ax.length}`)),
      event: (event) => void events.push(event),
    },
  })
  for (const sample of drive.imu) {
    nowMs = sample.tMs
    const fix = drive.fixes.find(({ tMs }) => tMs > nowMs - 10 && tMs <= nowMs)
    if (fix) pipeline.fix(fix)
    pipeline.imu(sample)
    await pipeline.settled()
  }
  await pipeline.end('recording_end')
  const crash = events.find(({ kind }) => kind === 'crash')!
  assert.equal(told[0], `crash ${crash.id} true`)
  assert.match(told[1]!, new RegExp(`^${crash.id} 30\\d\\d$`))
  assert.equal(told.filter((line) => line.startsWith('crash')).length, 1)
  assert.ok(Math.abs(crash.peak - 90) < 15 && crash.trace !== null)
  assert.ok(events.every(({ kind, grade }) => kind === 'crash' || grade !== 'A'))
})
