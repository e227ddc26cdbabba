import { phoneUse } from '@fairmile/models/events/phone.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { PhoneState } from '../sensors.ts'

/** A phone tells every ten seconds at the latest: what it said before counts half as long again, then it is gone. */
const freshMs = 15_000

/** Keeps what the paired phone said last, and writes it into motion samples. */
export const createPhoneWatch = () => {
  let toldMs = Number.NEGATIVE_INFINITY
  let use = Number.NaN
  return {
    tell(state: PhoneState): void {
      toldMs = state.tMs
      use = phoneUse(state)
    },
    /** A phone that fell silent is unknown: neither used nor let alone. */
    stamp(sample: MotionSample): void {
      sample.phoneUse = sample.tMs - toldMs <= freshMs ? use : Number.NaN
    },
  }
}
