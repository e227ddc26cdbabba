import type { TamperReason, TamperThreshold } from '@fairmile/models/events/tamper.ts'
import { z } from 'zod'

const schema = z.object({ odometerM: z.number(), drivenM: z.number(), sensedM: z.number() })

/** Kept across boots: the newest reading, and both ways of the stretch that is being compared. */
export type OdometerKept = z.infer<typeof schema>

/** Reads what the last boot kept; null where there is nothing. */
export function readOdometerKept(text: string | null): OdometerKept | null {
  try {
    return schema.parse(JSON.parse(text ?? ''))
  } catch {
    return null
  }
}

/** Kept after so many metres: what may be lost of a stretch by a power cut. */
const keepEveryM = 1000
/** A step beyond this is another odometer, or one that was set. */
const maxStepM = 5000

export interface OdometerWatchOptions {
  rules: TamperThreshold
  saved: OdometerKept | null
  tell: (reason: TamperReason, metres: number) => void
  keep: (kept: OdometerKept) => void
}

/** Holds the vehicle's odometer against the way that was sensed, and against what it was when the device was last on. */
export const createOdometerWatch = ({ rules, saved, tell, keep }: OdometerWatchOptions) => {
  let lastM = saved?.odometerM ?? Number.NaN
  let isFirst = true
  let drivenM = saved?.drivenM ?? 0
  let sensedM = saved?.sensedM ?? 0
  let keptM = lastM
  /** Sensed since the last reading of the odometer; NaN while any of it is not known. */
  let sinceM = Number.NaN

  const compare = (): void => {
    if (drivenM < rules.odometerM && sensedM < rules.odometerM) return
    const apartM = Math.abs(drivenM - sensedM)
    if (apartM > rules.odometerShare * Math.max(drivenM, sensedM)) tell('odometer_apart', apartM)
    drivenM = sensedM = 0
  }

  return {
    /** Metres of way that were sensed; NaN where it cannot be said. */
    sensed(metres: number): void {
      sinceM += metres
    },
    /** A reading of the odometer, metres. */
    read(odometerM: number): void {
      const stepM = odometerM - lastM
      const sameOdometer = stepM >= 0 && stepM <= maxStepM
      if (isFirst && stepM > rules.unseenM) tell('odometer_unseen', stepM)
      if (!isFirst && sameOdometer && !Number.isNaN(sinceM)) {
        drivenM += stepM
        sensedM += sinceM
        compare()
      }
      isFirst = false
      lastM = odometerM
      sinceM = 0
      if (Math.abs(odometerM - keptM) < keepEveryM) return // false for the first: nothing was kept
      keptM = odometerM
      keep({ odometerM, drivenM, sensedM })
    },
  }
}
