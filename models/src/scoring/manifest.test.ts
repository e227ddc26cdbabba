import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseManifest, portfolioMargin, riskOfMargin } from './manifest.ts'
import { manifestExample } from './manifest-example.ts'

const manifest = manifestExample(['a', 'b'])

test('parseManifest reads what it was written from and names the field that is wrong', () => {
  assert.deepEqual(parseManifest(JSON.stringify(manifest)), manifest)
  const falling = { ...manifest.calibration, riskQuantiles: manifest.calibration.riskQuantiles.toReversed() }
  assert.throws(
    () => parseManifest(JSON.stringify({ ...manifest, calibration: falling })),
    /"calibration.riskQuantiles"/,
  )
  assert.throws(() => parseManifest(JSON.stringify({ ...manifest, kind: 'car' })), /"driver-example": "kind"/)
})

test('parseManifest reads what newer artifacts say besides, and names what is wrong with it', () => {
  const deciles = Array.from({ length: 11 }, (_, n) => n)
  const reference = { scoreQuantiles: deciles, features: { a: { quantiles: deciles, unknownShare: 0.1 } } }
  const calibration = { ...manifest.calibration, credibilityKm: 80, coverages: { collision: { slope: 1 } } }
  const whole = { ...manifest, calibration, reference, created: '2026-11-29T10:00:00Z' }
  assert.deepEqual(parseManifest(JSON.stringify(whole)), whole)
  const wrong = [
    [{ reference: { ...reference, scoreQuantiles: deciles.slice(1) } }, /"reference.scoreQuantiles"/],
    [{ reference: { ...reference, features: { c: reference.features.a } } }, /"reference.features.c"/],
    [
      { reference: { ...reference, features: { a: { quantiles: deciles, unknownShare: 2 } } } },
      /"reference.features.a"/,
    ],
    [{ reference: [] }, /"reference"/],
    [{ created: 'yesterday' }, /"created"/],
    [{ calibration: { ...calibration, credibilityKm: 0 } }, /"calibration.credibilityKm"/],
    [{ calibration: { ...calibration, coverages: { theft: {} } } }, /"calibration.coverages"/],
  ] as const
  for (const [change, named] of wrong)
    assert.throws(() => parseManifest(JSON.stringify({ ...whole, ...change })), named)
})

test('portfolioMargin is the base margin where the portfolio has none of its own', () => {
  assert.equal(portfolioMargin(manifest), 0)
  const { baseMargin, riskQuantiles } = manifest.calibration
  assert.equal(portfolioMargin({ ...manifest, calibration: { baseMargin, riskQuantiles } }), 0.5)
})

test('riskOfMargin is the rank in the portfolio, from 0 to 100, 50 for an unknown margin', () => {
  assert.deepEqual(
    [-3, -1, -0.5, 0.01, 1, 3, Number.NaN].map((margin) => Math.round(riskOfMargin(manifest, margin) * 1e9) / 1e9),
    [0, 0, 25, 50.5, 100, 100, 50],
  )
})

test('riskOfMargin never falls with the margin, also where quantiles are equal', () => {
  const quantiles = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 101, maxLength: 101 })
  const margin = fc.double({ min: -7, max: 7, noNaN: true })
  fc.assert(
    fc.property(quantiles, margin, margin, (riskQuantiles, a, b) => {
      const flat = { ...manifest, calibration: { baseMargin: 0, riskQuantiles: riskQuantiles.sort((x, y) => x - y) } }
      const low = riskOfMargin(flat, Math.min(a, b))
      assert.ok(low >= 0 && low <= riskOfMargin(flat, Math.max(a, b)))
    }),
    { seed: 7 },
  )
})
