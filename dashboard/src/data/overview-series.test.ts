import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventSeries, scoreSeries } from './overview-series.ts'

const day = (date: string) => ({ day: date, trips: 1, drivers: 1, km: 1, gradableKm: 1 })

test('eventSeries puts each event on its day, and leaves out what did not happen', () => {
  const found = eventSeries({
    activity: [day('2026-06-01'), day('2026-06-02')],
    events: [
      { day: '2026-06-02', kind: 'harsh_cornering', events: 2, counted: 0 },
      { day: '2026-06-02', kind: 'harsh_lane_change', events: 1, counted: 0 },
      { day: '2026-05-01', kind: 'speeding', events: 9, counted: 0 },
    ],
  })
  assert.deepEqual(
    found.map(({ label, values }) => [label, values]),
    [['corners', [0, 3]]],
  )
})

test('scoreSeries counts each driver once', () => {
  const bins = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  const sums = bins.map((_, bin) => scoreSeries(bins).reduce((sum, { values }) => sum + (values[bin] ?? 0), 0))
  assert.deepEqual(sums, bins)
})
