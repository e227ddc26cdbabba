import type { Doors } from '../../src/doors/doors.ts'
import { nmeaSentences } from '../../src/doors/nmea.ts'
import type { Pace } from '../../src/doors/pace.ts'
import { BATTERY_ON_MV } from '../../src/doors/play-recording.ts'
import { type CarMoment, imuHz } from './repeated-manoeuvres.ts'

/** A board empties its FIFO so often, seconds of the drive. */
const pieceS = 0.05

/** Drives a car through the two ports, as fast as the pace says, for some seconds. @param fromS second of the drive that the pace's 0 is */
export async function driveThroughDoors(options: {
  doors: Doors
  pace: Pace
  next: () => CarMoment
  fromS: number
  lengthS: number
  onMoment?: (moment: CarMoment) => void
}): Promise<void> {
  const { doors, pace, next, fromS, lengthS } = options
  const atUs = (tS: number): number => Math.round((100 + tS) * 1e6)
  for (let endS = pieceS; endS <= lengthS + 1e-9; endS += pieceS) {
    await pace.until(endS)
    for (let n = 0; n < pieceS * imuHz; n++) {
      const moment = next()
      doors.board.imu(atUs(moment.tS), moment.imu)
      const second = Math.round(moment.tS)
      if (Math.abs(moment.tS - second) > 0.4 / imuHz) continue
      const { lat, lon, speedMps, headingDeg } = moment
      const utcMs = pace.utcMs(moment.tS - fromS)
      doors.gnss(
        nmeaSentences({ utcMs, lat, lon, altM: 400, speedMps, courseDeg: headingDeg, hdop: 0.8, satellites: 11 }),
      )
      doors.board.state(atUs(moment.tS), true, BATTERY_ON_MV)
      options.onMoment?.(moment)
    }
  }
}
