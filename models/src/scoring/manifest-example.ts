import type { Manifest } from './manifest.ts'

/** A manifest of a model on these features, whose portfolio lies at margin 0 and has risks from −1 to 1: for tests. */
export function manifestExample(features: readonly string[], kind: Manifest['kind'] = 'driver'): Manifest {
  return {
    name: `${kind}-example`,
    version: '1.0.0',
    kind,
    featureVersion: 1,
    features: [...features],
    files: { 'model.json': 'not a hash' },
    calibration: {
      baseMargin: 0.5,
      portfolioMargin: 0,
      riskQuantiles: Array.from({ length: 101 }, (_, n) => (n - 50) / 50),
    },
    metrics: {},
    dataHash: '',
  }
}
