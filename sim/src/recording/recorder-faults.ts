import type { Random } from '../random.ts'
import type { SensorSink } from '../sensors/suite.ts'

/** What a recorder leaves out or gets wrong. */
export interface RecorderFaults {
  /** The IMU is switched on so much later than the receiver, s. @default 0 */
  imuFromS?: number
  /** Mean lateness of the IMU's time stamps, s: a busy computer reads when it comes to it. @default 0 */
  jitterS?: number
  /** Share of IMU readings that are lost. @default 0 */
  lostShare?: number
  /** Mean seconds between two gaps in everything, which last 1 to 20 s. @default none */
  gapEveryS?: number
  /** Fields of a fix that stay blank. @default none */
  blank?: readonly ('speedMps' | 'courseDeg' | 'altM' | 'hdop')[]
}

const GAP_S = [1, 20] as const
/** Time stamps never go back. */
const TICK_S = 0.0005

/** Puts a recorder with its faults before a sink. */
export function throughRecorder(sink: SensorSink, faults: RecorderFaults, random: Random): SensorSink {
  const { imuFromS = 0, jitterS = 0, lostShare = 0, gapEveryS, blank = [] } = faults
  let lastS = Number.NEGATIVE_INFINITY
  let gapFromS = gapEveryS === undefined ? Number.POSITIVE_INFINITY : random.exponential(gapEveryS)
  let gapToS = gapFromS + random.range(...GAP_S)
  const inGap = (timeS: number): boolean => {
    if (gapEveryS !== undefined && timeS >= gapToS) {
      gapFromS = gapToS + random.exponential(gapEveryS)
      gapToS = gapFromS + random.range(...GAP_S)
    }
    return timeS >= gapFromS
  }
  return {
    ...(sink.imu && {
      imu(timeS, reading) {
        if (timeS < imuFromS || inGap(timeS) || (lostShare > 0 && random.chance(lostShare))) return
        const atS = jitterS > 0 ? Math.max(lastS + TICK_S, timeS + random.exponential(jitterS)) : timeS
        lastS = atS
        sink.imu?.(atS, reading)
      },
    }),
    ...(sink.gnss && {
      gnss(reading) {
        if (inGap(reading.arrivesS)) return
        for (const name of blank) reading[name] = null
        sink.gnss?.(reading)
      },
    }),
  }
}
