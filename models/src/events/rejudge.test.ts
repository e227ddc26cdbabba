import assert from 'node:assert/strict'
import { test } from 'node:test'
import { motionExample } from '../motion-example.ts'
import { createEventDetector, type JudgedEvent } from './event-detector.ts'
import { rejudge } from './rejudge.ts'
import { thresholds } from './thresholds.ts'

/** Drives ten minutes of pushes by a generator that is the same for the same seed, and gives what the car says of them. */
function drive(seed: number): JudgedEvent[] {
  const events: JudgedEvent[] = []
  const detector = createEventDetector({ thresholds, sink: { event: (event) => void events.push(event) } })
  let state = seed
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  let push = { aLong: 0, aLat: 0, untilMs: 0 }
  for (let tMs = 0; tMs < 600_000; tMs += 100) {
    if (tMs >= push.untilMs) {
      const strong = next() < 0.15 ? 7 : 1
      push = {
        aLong: (next() - 0.5) * 2 * strong,
        aLat: (next() - 0.5) * 2 * strong,
        untilMs: tMs + 300 + next() * 3000,
      }
    }
    const noise = () => (next() - 0.5) * 0.6
    // No yaw rate: what is felt aside is cornering, never a lane change.
    const aside = { aLat: push.aLat + noise(), yawRate: Number.NaN, headingDeg: Number.NaN }
    detector.push(motionExample({ tMs, atMs: tMs, speedMps: 10 + 8 * next(), aLong: push.aLong + noise(), ...aside }))
  }
  detector.flush()
  return events
}

const rejudgeAll = (events: JudgedEvent[], change: (event: JudgedEvent) => Partial<JudgedEvent> = () => ({})) =>
  events.map((event) => {
    const { kind, startTMs, endTMs } = event
    const countedBefore = events.some(
      (other) =>
        other.kind === kind &&
        other.band === 'count' &&
        other.startTMs < startTMs &&
        startTMs - other.startTMs < thresholds.countOnceMs,
    )
    return rejudge({ ...event, durationMs: endTMs - startTMs, ...change(event) }, { thresholds, countedBefore })
  })

const traced = [1, 2, 3, 4, 5].map((seed) =>
  drive(seed).filter(({ kind, trace }) => kind.startsWith('harsh_') && trace !== null),
)

test('rejudge finds in each trace what the car said, to the band and the hundredth of the peak', () => {
  const all = traced.flatMap((events) => rejudgeAll(events))
  assert.ok(all.length > 50, `${all.length} events`)
  const bandsSeen = new Set(traced.flat().map(({ kind, band }) => `${kind} ${band}`))
  assert.equal(bandsSeen.size, 6, [...bandsSeen].join())
  for (const found of all) assert.deepEqual(found, { compared: true, differs: [] })
})

test('rejudge names what was said otherwise than the trace shows', () => {
  const [events = assert.fail()] = traced
  const differs = (change: (event: JudgedEvent) => Partial<JudgedEvent>) =>
    new Set(rejudgeAll(events, change).map((found) => (found.compared ? found.differs.join() : found.why)))
  assert.deepEqual(
    differs(({ peak }) => ({ peak: peak + 0.02 })),
    new Set(['peak']),
  )
  assert.deepEqual(
    differs(() => ({ band: 'log' })),
    new Set(['band']),
  )
  const still = ({ trace }: JudgedEvent) => ({
    trace: { ...trace!, aLong: trace!.aLong.map(() => 0), aLat: trace!.aLat.map(() => 0) },
  })
  assert.deepEqual(differs(still), new Set(['event']))
})

test('rejudge compares no event that its trace cannot show', () => {
  const [event = assert.fail()] = traced[0] ?? []
  const why = (change: Partial<JudgedEvent> & { durationMs?: number }) => {
    const found = rejudge({ ...event, durationMs: 500, ...change }, { thresholds, countedBefore: false })
    return found.compared ? null : found.why
  }
  assert.equal(why({ kind: 'speeding' }), 'kind')
  assert.equal(why({ trace: null }), 'no_trace')
  assert.equal(why({ durationMs: 3_600_000 }), 'short_trace')
  const empty = { offsetMs: [], speedMps: [], aLong: [], aLat: [], lat: [], lon: [] }
  assert.equal(why({ trace: empty }), 'short_trace')
})
