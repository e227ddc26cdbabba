import { quality } from '@fairmile/contract/telematics.ts'
import type { TamperNotice, TamperReason, TamperThreshold } from '@fairmile/models/events/tamper.ts'
import type { MotionSample } from '@fairmile/models/motion.ts'
import type { BoardState } from '../sensors.ts'
import { createOdometerWatch, type OdometerKept } from './odometer-watch.ts'

/** Steps of motion farther apart are a gap, ms. */
const maxGapMs = 250

export interface TamperWatchOptions {
  rules: TamperThreshold
  savedOdometer: OdometerKept | null
  keepOdometer: (kept: OdometerKept) => void
  tell: (notice: TamperNotice) => void
}

/** Watches for signs that the box was interfered with while it is on. */
export const createTamperWatch = ({ rules, savedOdometer, keepOdometer, tell }: TamperWatchOptions) => {
  let newest: MotionSample | null = null
  let apartSinceMs = Number.NaN
  let told = false

  const notice = (reason: TamperReason, value: number): void => {
    const { tMs = 0, atMs = Number.NaN, lat, lon, speedMps } = newest ?? {}
    const unknown = Number.NaN
    tell({ reason, tMs, atMs, value, lat: lat ?? unknown, lon: lon ?? unknown, speedMps: speedMps ?? unknown })
  }

  const odometer = createOdometerWatch({ rules, saved: savedOdometer, keep: keepOdometer, tell: notice })

  const watchApart = ({ tMs }: MotionSample, implausible: boolean): void => {
    if (!implausible) {
      apartSinceMs = Number.NaN
      told = false
    } else if (Number.isNaN(apartSinceMs)) apartSinceMs = tMs
    if (told || !(tMs - apartSinceMs >= rules.apartMs)) return
    told = true
    notice('sensors_apart', rules.apartMs / 1000)
  }

  return {
    motion(sample: MotionSample): void {
      const stepMs = sample.tMs - (newest?.tMs ?? Number.NaN)
      newest = sample
      const implausible = (sample.quality & quality.implausible) !== 0
      watchApart(sample, implausible)
      const isKnown = !implausible && stepMs <= maxGapMs && (sample.quality & quality.bridged) === 0
      odometer.sensed(isKnown ? (sample.speedMps * stepMs) / 1000 : Number.NaN)
    },
    board({ odometerM }: BoardState): void {
      if (odometerM !== null) odometer.read(odometerM)
    },
    mountMoved(): void {
      notice('mount_moved', 0)
    },
  }
}
