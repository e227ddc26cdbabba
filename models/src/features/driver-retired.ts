import { over } from '../trips/shares.ts'
import type { DriverFeature } from './driver-feature.ts'

/**
 * Features that no model is trained with any more; former models name them, and so do their receipts, which have to be derivable.
 * What a phone says of its use is evidence of grade C at best, so it reaches no price.
 */
export const retiredFeatures: readonly DriverFeature[] = [
  {
    name: 'phone_share',
    unit: 'share',
    monotone: 1,
    formula: 'phone use while moving ÷ time in which it could be seen',
    reason: 'eyes off the road',
    value: ({ total }) => over(total.phoneS, total.phoneKnownS),
  },
]
