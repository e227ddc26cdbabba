import { tripRules } from '@fairmile/models/trips/trip.ts'
import { createSecond, type SecondSummary } from '../motion/second.ts'

/** A parked car that is still: one summary a minute instead of one a second. */
const parkedEveryMs = 60_000
/** Seconds at full pace around motion without a trip. */
const awakeMs = 60_000

/** Sums up motion by the second, and leaves out most seconds of a parked car. */
export const createSummaries = (options: {
  parked: () => boolean
  /** `moving` also where the speed is unknown. */
  tell: (summary: SecondSummary, moving: boolean) => void
}) => {
  let lastToldMs = Number.NEGATIVE_INFINITY
  let lastMotionMs = Number.NEGATIVE_INFINITY
  return createSecond((summary, tMs) => {
    const moving = (summary.speedMps ?? 0) >= tripRules.standingMps
    if (moving) lastMotionMs = tMs
    const awake = !options.parked() || tMs - lastMotionMs < awakeMs
    if (!awake && tMs - lastToldMs < parkedEveryMs) return
    lastToldMs = tMs
    options.tell(summary, moving || summary.speedMps === null)
  })
}
