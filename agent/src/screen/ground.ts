import { sunHeightDeg } from './sun.ts'

/** Street lamps go on a little after sunset. Degrees. */
const darkBelowDeg = -2
/** The sun must come so much higher again before a dark screen turns light, so that dusk does not flicker. Degrees. */
const slackDeg = 1
/** Without a place: hours of the day that are light almost everywhere and always. */
const lightFromHour = 7
const lightToHour = 19

export interface GroundOptions {
  /** IANA name, for the hour of the day where no place is known. */
  timeZone: string
}

/** Chooses the screen's ground by the sun at a place and time, or by the clock; the last place is remembered. */
export function createGround({ timeZone }: GroundOptions) {
  const hourOf = new Intl.DateTimeFormat('en-GB', { timeZone, hour: 'numeric', hourCycle: 'h23' })
  let place: { lat: number; lon: number } | null = null
  let isLight = false
  let first = true
  return {
    at(lat: number, lon: number): void {
      if (!Number.isNaN(lat + lon)) place = { lat, lon }
    },
    ground(atMs: number): 'black' | 'white' {
      if (place === null) {
        const hour = Number(hourOf.format(atMs))
        return hour >= lightFromHour && hour < lightToHour ? 'white' : 'black'
      }
      const height = sunHeightDeg(place.lat, place.lon, atMs)
      isLight = height > darkBelowDeg + (isLight || first ? 0 : slackDeg)
      first = false
      return isLight ? 'white' : 'black'
    },
  }
}
