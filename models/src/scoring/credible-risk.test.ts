import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { credibleMargin, credibleRisk } from './credible-risk.ts'
import { type Manifest, riskOfMargin } from './manifest.ts'

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

const margins = fc.double({ min: -3, max: 3, noNaN: true })
const kilometres = fc.double({ min: 0, max: 1e6, noNaN: true })

test('credibleRisk lies in its interval, within 0 and 100, and goes from the portfolio’s to the model’s', () => {
  fc.assert(
    fc.property(margins, kilometres, (margin, judgedKm) => {
      const { risk, low, high } = credibleRisk(manifest, { margin, judgedKm })
      const own = riskOfMargin(manifest, margin)
      assert.ok(0 <= low && low <= risk && risk <= high && high <= 100)
      assert.ok(Math.min(50, own) - 1e-9 <= risk && risk <= Math.max(50, own) + 1e-9)
    }),
    { seed: 1 },
  )
  assert.equal(credibleRisk(manifest, { margin: 0.4, judgedKm: 50 }).risk, 60)
})

test('credibleRisk is surer with more kilometres', () => {
  // The margin of the portfolio itself, so that only the width of the interval moves.
  const width = (judgedKm: number): number => {
    const { low, high } = credibleRisk(manifest, { margin: 0, judgedKm })
    return high - low
  }
  fc.assert(
    fc.property(kilometres, kilometres, (a, b) => {
      assert.ok(width(Math.max(a, b)) <= width(Math.min(a, b)) + 1e-9)
    }),
    { seed: 1 },
  )
})

test('credibleRisk without kilometres is the middle of the portfolio, and its nine tenths', () => {
  const { risk, low, high } = credibleRisk(manifest, { margin: 3, judgedKm: 0 })
  assert.ok(Math.abs(risk - 50) < 1e-9 && Math.abs(low - 5) < 1e-9 && Math.abs(high - 95) < 1e-9)
})

test('credibleRisk stays as unsure as what the model cannot explain', () => {
  const { calibration } = manifest
  const taught = { ...manifest, calibration: { ...calibration, credibilityKm: 10, mostExplained: 0.75, hazardSd: 0.4 } }
  const { sd, credibility } = credibleMargin(taught, { margin: 0, judgedKm: 90 })
  assert.equal(credibility, 0.9)
  assert.ok(Math.abs(sd - 0.4 * Math.sqrt(1 - 0.75 * 0.9)) < 1e-12)
  assert.ok(credibleMargin(taught, { margin: 0, judgedKm: 1e9 }).sd > 0.4 * Math.sqrt(0.25) - 1e-9)
})
