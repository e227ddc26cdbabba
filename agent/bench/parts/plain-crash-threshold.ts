import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { ForceSample } from '@fairmile/models/events/crash.ts'

/** Geotab's level, in g. */
const levelG = 2.5
/** Gravity is the mean of the first seconds; what follows an alarm within `sameMs` is the same. */
const restMs = 5000
const sameMs = 3000

/** The rule that most trackers have: an acceleration above a level, whatever it does to the velocity. True at each alarm. */
export function createPlainThreshold(): (sample: ForceSample) => boolean {
  let firstMs = Number.NaN
  let quietUntilMs = 0
  let n = 0
  const rest = new Float64Array(3)
  return ({ tMs, ax, ay, az }) => {
    if (Number.isNaN(firstMs)) firstMs = tMs
    if (tMs - firstMs < restMs) {
      n++
      rest[0]! += (ax - rest[0]!) / n
      rest[1]! += (ay - rest[1]!) / n
      rest[2]! += (az - rest[2]!) / n
      return false
    }
    if (tMs < quietUntilMs) return false
    if (Math.hypot(ax - rest[0]!, ay - rest[1]!, az - rest[2]!) < levelG * G_MPS2) return false
    quietUntilMs = tMs + sameMs
    return true
  }
}
