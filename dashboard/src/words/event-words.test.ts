import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleEvents } from '../../demos/samples/trips.ts'
import {
  counts,
  crashWords,
  eventTitle,
  gradeReason,
  mostTelling,
  peakOf,
  ruleOf,
  speedsOf,
  weight,
} from './event-words.ts'

const plain = (text: string): string => text.replaceAll('\u00a0', ' ')

describe('event words', () => {
  it('title says how hard what was', () => {
    assert.equal(eventTitle('harsh_braking', 'count'), 'Hard brake')
    assert.equal(eventTitle('harsh_cornering', 'coach'), 'Firm corner')
    assert.equal(eventTitle('speeding', 'log'), 'Speeding')
  })

  it('only grade A in the count band counts', () => {
    assert.equal(counts({ kind: 'speeding', band: 'count', grade: 'A' }), true)
    assert.equal(counts({ kind: 'crash', band: 'count', grade: 'A' }), false)
    assert.equal(counts({ kind: 'speeding', band: 'count', grade: 'B' }), false)
    assert.equal(counts({ kind: 'speeding', band: 'coach', grade: 'A' }), false)
    assert.equal(weight({ kind: 'crash', band: 'count', grade: 'B' }), 'does not count, B')
  })

  it('an event counts for nothing while it is contested and once that was upheld', () => {
    const judged = { kind: 'speeding', band: 'count', grade: 'A' } as const
    const told = (['open', 'awaiting_second', 'upheld', 'rejected', 'withdrawn', null] as const).map((contest) => {
      const event = { ...judged, contest }
      return [counts(event), weight(event)]
    })
    assert.deepEqual(told, [
      [false, 'contested, counts for nothing'],
      [false, 'contested, counts for nothing'],
      [false, 'does not count: contest upheld'],
      [true, 'counts, A'],
      [true, 'counts, A'],
      [true, 'counts, A'],
    ])
  })

  it('an event is what it is by a limit that was put right since', () => {
    const judged = { kind: 'speeding', band: 'count', grade: 'A' } as const
    const told = (['count', 'coach', 'log', null] as const).map((band) => {
      const event = { ...judged, trueLimit: { limitKmh: 60, band } }
      return [counts(event), plain(weight(event))]
    })
    assert.deepEqual(told, [
      [true, 'counts, A by the true limit of 60 km/h'],
      [false, 'coaching, A by the true limit of 60 km/h'],
      [false, 'noted, A by the true limit of 60 km/h'],
      [false, 'no speeding by the true limit of 60 km/h'],
    ])
    const upheld = { ...judged, contest: 'upheld', trueLimit: { limitKmh: 60, band: 'count' } } as const
    assert.equal(counts(upheld), true)
  })

  it('the events that tell most are those that count, in order of time', () => {
    const [brake] = sampleEvents
    const at = (minute: number, band: 'log' | 'coach' | 'count', contest: 'upheld' | null = null) => {
      return { ...brake!, id: `${minute}`, startAt: new Date(minute * 60_000).toISOString(), band, contest }
    }
    const unsure = { ...at(6, 'count'), grade: 'B' as const }
    const events = [at(1, 'log'), at(2, 'count', 'upheld'), at(3, 'log'), at(4, 'coach'), at(5, 'count'), unsure]
    assert.deepEqual(
      mostTelling(events, 3).map(({ id }) => id),
      ['2', '4', '5'],
    )
  })

  it('peak is in g for forces and in km/h over the limit for speeding', () => {
    assert.equal(plain(peakOf({ kind: 'harsh_braking', peak: -5.1 })), '0.52 g')
    assert.equal(plain(peakOf({ kind: 'speeding', peak: 5 })), '18 km/h over the limit')
    assert.equal(plain(peakOf({ kind: 'phone_use', peak: 7.2 })), '7 s in the hand')
  })

  it('rule quotes the thresholds that judge in the car', () => {
    assert.match(plain(ruleOf({ kind: 'harsh_braking', band: 'count' })), /^More than 0\.50 g for 0\.3 s or longer/)
    assert.equal(ruleOf({ kind: 'tamper', band: 'count' }), '')
  })

  it('a crash says how hard it was and from where', () => {
    const facts = { deltaVMps: 6.4, directionDeg: 320, peakMps2: 98, rolledOver: false, saturated: false, rateHz: 100 }
    assert.equal(
      plain(crashWords(facts)),
      'The car’s speed changed by 23 km/h by a blow from the front left, at most 9.99 g.',
    )
    assert.match(plain(crashWords({ ...facts, directionDeg: null, saturated: true })), /at least 23 km\/h, at most/)
    assert.match(crashWords({ ...facts, rolledOver: true }), /rolled over\.$/)
    assert.match(plain(ruleOf({ kind: 'crash', band: 'count' })), /more than 7 km\/h within 120 ms/)
  })

  it('speeds are left out where one is unknown', () => {
    const [brake] = sampleEvents
    assert.equal(plain(speedsOf(brake!)!), '66 → 2 km/h')
    assert.equal(speedsOf({ ...brake!, endSpeedMps: null }), null)
  })

  it('a grade reason that has no words yet goes by its name', () => {
    assert.equal(gradeReason('no_trace'), 'no trace was kept')
    assert.equal(gradeReason('map_match'), 'map match')
  })
})
