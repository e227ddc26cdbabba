import { manifestExample } from '@fairmile/models/scoring/manifest-example.ts'
import { createScorer, type Infer } from '@fairmile/models/scoring/scorer.ts'
import type { OpenScorer } from './window-scorer.ts'

/** A window model of two features that answers as it is told: for tests. */
export function fakeModel(version: string, infer: Infer): OpenScorer & { closed: boolean } {
  const manifest = { ...manifestExample(['a', 'b'], 'window'), version }
  return {
    scorer: createScorer({ manifest, infer }),
    causes: { push: () => {}, top: () => [] },
    parityError: 0,
    closed: false,
    async close() {
      this.closed = true
    },
  }
}
