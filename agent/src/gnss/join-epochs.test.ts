import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Fix } from '../sensors.ts'
import { createNmeaDecoder } from './decoder.ts'
import { type ExampleEpoch, type ExampleType, sealed, sentencesOf } from './example-receiver.ts'

const types: readonly ExampleType[] = ['RMC', 'VTG', 'GGA', 'GSA', 'GSV', 'GLL', 'GST', 'ZDA']
const positioned: readonly ExampleType[] = ['RMC', 'GGA', 'GLL']

/** Epochs of a car that never says the same twice, from shortly before midnight on. */
const drive = (rateHz: number, count: number): ExampleEpoch[] =>
  Array.from({ length: count }, (_, n) => ({
    utcMs: Date.UTC(2026, 11, 31, 23, 59, 59) + (n * 1000) / rateHz,
    lat: -33.5 + n * 1e-4,
    lon: -70.25 - n * 1e-4,
    altM: 500 + n,
    speedMps: 10 + n / 8,
    courseDeg: 200 + n / 4,
    hdop: 0.8 + n / 100,
    satellites: 8 + n,
  }))

/** What comes of these lines, an array a burst; `pauses` says whether the line rests between bursts. */
const decode = (bursts: readonly (readonly string[])[], pauses: boolean): Fix[] => {
  const fixes: Fix[] = []
  const decoder = createNmeaDecoder((fix) => fixes.push(fix))
  for (const burst of bursts) {
    for (const line of burst) decoder.line(line, 0)
    if (pauses) decoder.pause()
  }
  decoder.end()
  return fixes
}

const near = (a: number | null, b: number, tolerance: number) => a !== null && Math.abs(a - b) <= tolerance

/** Whether a fix says what the epoch's sentences said that came, and nothing else. */
const assertTold = (fix: Fix, epoch: ExampleEpoch, came: readonly ExampleType[], untimed: boolean): void => {
  const has = (...ofThese: ExampleType[]) => ofThese.some((type) => came.includes(type))
  const says = (value: number | null, truth: number, told: boolean, name: string) =>
    assert.ok(told ? near(value, truth, 1e-3) : value === null, `${name} ${value}, told ${told} ${truth} by ${came}`)
  assert.ok(near(fix.lat, epoch.lat, 1e-8) && near(fix.lon, epoch.lon, 1e-8), `place by ${came}`)
  says(fix.altM, epoch.altM, has('GGA'), 'altitude')
  assert.equal(fix.satellites, has('GGA') ? epoch.satellites : null)
  if (!untimed && !has('RMC', 'GGA')) return
  if (untimed || has('RMC')) says(fix.speedMps, epoch.speedMps, has('RMC', 'VTG'), 'speed')
  if (untimed || has('RMC')) says(fix.courseDeg, epoch.courseDeg, has('RMC', 'VTG'), 'course')
  if (untimed || has('GGA')) says(fix.hdop, epoch.hdop, has('GGA', 'GSA'), 'HDOP')
}

const rate = fc.constantFrom(1, 2, 5, 10)
const order = fc.shuffledSubarray([...types], { minLength: types.length, maxLength: types.length })
const some = fc.shuffledSubarray([...types])

test('createEpochJoiner makes each epoch one fix at 1 to 10 Hz over midnight, in any order that the receiver keeps', () => {
  fc.assert(
    fc.property(rate, order, fc.boolean(), (rateHz, kept, pauses) => {
      const epochs = drive(rateHz, 24)
      const fixes = decode(
        epochs.map((epoch) => kept.map((type) => sentencesOf(epoch)[type])),
        pauses,
      )
      assert.deepEqual(
        fixes.map(({ utcMs }) => utcMs),
        epochs.map(({ utcMs }) => utcMs),
      )
      for (const [n, fix] of fixes.entries()) assertTold(fix, epochs[n] as ExampleEpoch, kept, pauses)
      assert.ok(fixes.every(({ mode }) => mode === 3))
    }),
    { seed: 1 },
  )
})

test('createEpochJoiner makes each epoch one fix whatever is lost of it and in whatever order it comes', () => {
  fc.assert(
    fc.property(rate, fc.array(some, { minLength: 24, maxLength: 24 }), fc.boolean(), (rateHz, came, pauses) => {
      const epochs = drive(rateHz, 24)
      const fixes = decode(
        epochs.map((epoch, n) => (came[n] as ExampleType[]).map((type) => sentencesOf(epoch)[type])),
        pauses,
      )
      const told = came.flatMap((burst, n) => (positioned.some((type) => burst.includes(type)) ? [n] : []))
      assert.equal(fixes.length, told.length)
      for (const [i, n] of told.entries()) {
        const { utcMs } = fixes[i] as Fix
        assert.ok(utcMs === null || utcMs === epochs[n]?.utcMs)
        assertTold(fixes[i] as Fix, epochs[n] as ExampleEpoch, came[n] as ExampleType[], pauses)
      }
      const firstDated = came.findIndex((burst) => burst.includes('RMC'))
      for (const [i, n] of told.entries()) if (firstDated >= 0 && n >= firstDated) assert.ok(fixes[i]?.utcMs !== null)
    }),
    { seed: 1 },
  )
})

test('createEpochJoiner keeps an untimed sentence with its own epoch when the next position is lost', () => {
  const epochs = drive(1, 6)
  const bursts = epochs.map((epoch, n) => {
    const { GGA, VTG } = sentencesOf(epoch)
    return n === 2 ? [VTG] : [GGA, VTG]
  })
  const speeds = decode(bursts, false).map(({ speedMps }) => speedMps?.toFixed(3))
  assert.deepEqual(
    speeds,
    [0, 1, 3, 4, 5].map((n) => epochs[n]?.speedMps.toFixed(3)),
  )
})

test('createEpochJoiner learns by the line’s pauses whether VTG goes ahead of its position, and anew when that changes', () => {
  const epochs = drive(1, 12)
  const fixes: Fix[] = []
  const decoder = createNmeaDecoder((fix) => fixes.push(fix))
  for (const [n, epoch] of epochs.entries()) {
    const { GGA, VTG } = sentencesOf(epoch)
    for (const line of n < 6 ? [VTG, GGA] : [GGA, VTG]) decoder.line(line, 0)
    // The line rests at first, then never; and so again once the receiver was told another order.
    if (n % 6 < 3) decoder.pause()
  }
  decoder.end()
  // The sixth has none of its own behind it: the order changes there.
  assert.deepEqual(
    fixes.map(({ speedMps }) => speedMps?.toFixed(3)),
    epochs.map(({ speedMps }) => speedMps.toFixed(3)),
  )
})

test('createEpochJoiner parts epochs of a clock that stands by their places, and keeps what a pause cuts as one', () => {
  const gga = (lat: string) => sealed(`GPGGA,123519,${lat},N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,`)
  const rmc = (lat: string) => sealed(`GPRMC,123519,A,${lat},N,01131.000,E,022.4,084.4,230394,,,A`)
  assert.equal(decode([[gga('4807.038'), rmc('4807.038'), gga('4807.039'), rmc('4807.039')]], false).length, 2)
  assert.equal(decode([[gga('4807.038'), gga('4807.038')]], false).length, 1)
  assert.equal(decode([[gga('4807.038')], [rmc('4807.038')]], true).length, 1)
})

test('createEpochJoiner holds the epoch for a receiver that always sends GGA after the next RMC', () => {
  const epochs = drive(5, 20)
  const bursts = epochs.map((epoch, n) => [
    sentencesOf(epoch).RMC,
    ...(n === 0 ? [] : [sentencesOf(epochs[n - 1] as ExampleEpoch).GGA]),
  ])
  for (const pauses of [false, true]) {
    const fixes = decode(bursts, pauses)
    assert.deepEqual(
      fixes.map(({ utcMs }) => utcMs),
      epochs.map(({ utcMs }) => utcMs),
    )
    for (const [n, fix] of fixes.slice(5, -1).entries()) assert.equal(fix.altM, epochs[n + 5]?.altM)
  }
})

test('createEpochJoiner takes times that two sentences round differently for one', () => {
  const fixes = decode(
    [
      [
        sealed('GPGLL,5313.2228,N,00634.4228,E,235959.999,A'),
        sealed('GPGGA,000000.00,5313.2228,N,00634.4228,E,1,05,2.5,12,M,,,,'),
        sealed('GPRMC,000000.00,A,5313.2228,N,00634.4228,E,00.0,000.0,200506,00,W'),
      ],
    ],
    false,
  )
  assert.deepEqual(
    fixes.map(({ utcMs }) => utcMs),
    [Date.UTC(2006, 4, 20)],
  )
})

test('createEpochJoiner knows a leap second: 23:59:60 comes once, and time never runs back', () => {
  const rmc = (time: string, date: string) => sealed(`GPRMC,${time},A,4807.038,N,01131.000,E,1.0,084.4,${date},,,A`)
  const gga = (time: string) => sealed(`GPGGA,${time},4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,`)
  const seconds = [
    ['235959', '311216'],
    ['235960', '311216'],
    ['000000', '010117'],
    ['000001', '010117'],
  ] as const
  const turn = Date.UTC(2017, 0, 1)
  for (const bursts of [
    seconds.map(([time, date]) => [rmc(time, date), gga(time)]),
    seconds.map(([time, date], n) => (n === 0 ? [gga(time), rmc(time, date)] : [gga(time)])),
  ])
    assert.deepEqual(
      decode(bursts, false).map(({ utcMs }) => utcMs),
      [turn - 1000, turn, turn, turn + 1000],
    )
})

test('createEpochJoiner believes RMC where a receiver contradicts itself, and a quality of 0', () => {
  const place = '4807.038,N,01131.000,E'
  const [simulated, first] = decode(
    [
      [sealed(`GPRMC,125106,V,${place},0.1,,230394,,,N`), sealed(`GPGGA,125106,${place},8,09,0.9,500,M,,M,,`)],
      [sealed(`GPGGA,142818,${place},0,04,,35.8,M,47.2,M,,`)],
    ],
    true,
  )
  assert.deepEqual([simulated?.lat, simulated?.mode, first?.lat, first?.mode], [null, 1, null, 1])
})

test('createEpochJoiner carries no date of a receiver that says it knows nothing to the next epochs', () => {
  const fixes = decode(
    [
      [sealed('GPRMC,000010,V,,,,,,,060180,,,N')],
      [sealed('GPGGA,000011,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,')],
    ],
    true,
  )
  assert.deepEqual([fixes[0]?.lat, fixes[1]?.utcMs], [null, null])
})
