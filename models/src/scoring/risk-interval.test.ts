import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Manifest, riskOfMargin } from './manifest.ts'
import { riskInterval } from './risk-interval.ts'

const manifest: Manifest = {
  name: 'driver-risk',
  version: '1',
  kind: 'driver',
  featureVersion: 1,
  features: [],
  files: {},
  calibration: { baseMargin: 0, riskQuantiles: Array.from({ length: 101 }, (_, i) => (i - 50) / 50) },
  metrics: {},
  dataHash: '',
}

test('riskInterval holds the risk, stays within 0 and 100, and shrinks with kilometres', () => {
  const margin = fc.double({ min: -3, max: 3, noNaN: true })
  const km = fc.double({ min: 0, max: 1e6, noNaN: true })
  fc.assert(
    fc.property(margin, km, km, (at, first, second) => {
      const [fewer, more] = [Math.min(first, second), Math.max(first, second)].map((exposureKm) =>
        riskInterval(manifest, { margin: at, exposureKm }),
      )
      const risk = riskOfMargin(manifest, at)
      assert.ok(fewer && more && fewer.low >= 0 && fewer.high <= 100)
      assert.ok(more.low <= risk && risk <= more.high)
      assert.ok(fewer.low <= more.low && more.high <= fewer.high)
    }),
  )
})

test('riskInterval without kilometres is the middle nine tenths of the portfolio', () => {
  const { low, high } = riskInterval(manifest, { margin: 0, exposureKm: 0 })
  assert.ok(Math.abs(low - 5) < 1e-9 && Math.abs(high - 95) < 1e-9)
})
