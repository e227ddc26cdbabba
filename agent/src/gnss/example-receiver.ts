/** What a receiver of the tests knows of one epoch. */
export interface ExampleEpoch {
  utcMs: number
  lat: number
  lon: number
  altM: number
  speedMps: number
  courseDeg: number
  hdop: number
  satellites: number
}

/** A sentence's text with its checksum and the `$`. */
export const sealed = (body: string): string => {
  let sum = 0
  for (const char of body) sum ^= char.charCodeAt(0)
  return `$${body}*${sum.toString(16).padStart(2, '0').toUpperCase()}`
}

const angle = (degrees: number, wholeDigits: number): string => {
  const microMinutes = Math.round(Math.abs(degrees) * 60e6)
  const whole = Math.floor(microMinutes / 60e6)
  return `${String(whole).padStart(wholeDigits, '0')}${((microMinutes - whole * 60e6) / 1e6).toFixed(6).padStart(9, '0')}`
}

/** The sentences of an epoch, in the order of a u-blox receiver. */
export const sentencesOf = (epoch: ExampleEpoch, talker = 'GN') => {
  const iso = new Date(epoch.utcMs).toISOString()
  const time = iso.slice(11, 22).replaceAll(':', '')
  const [year, month, day] = iso.slice(0, 10).split('-') as [string, string, string]
  const place = `${angle(epoch.lat, 2)},${epoch.lat < 0 ? 'S' : 'N'},${angle(epoch.lon, 3)},${epoch.lon < 0 ? 'W' : 'E'}`
  const knots = ((epoch.speedMps * 3600) / 1852).toFixed(4)
  const course = epoch.courseDeg.toFixed(2)
  return {
    RMC: sealed(`${talker}RMC,${time},A,${place},${knots},${course},${day}${month}${year.slice(2)},,,A,V`),
    VTG: sealed(`${talker}VTG,${course},T,,M,${knots},N,${(epoch.speedMps * 3.6).toFixed(4)},K,A`),
    GGA: sealed(
      `${talker}GGA,${time},${place},1,${epoch.satellites},${epoch.hdop.toFixed(2)},${epoch.altM.toFixed(1)},M,47.0,M,,`,
    ),
    GSA: sealed(`${talker}GSA,A,3,05,13,15,20,,,,,,,,,2.0,${epoch.hdop.toFixed(2)},1.6,1`),
    GSV: sealed(`${talker}GSV,1,1,02,05,67,289,40,13,55,071,41,1`),
    GLL: sealed(`${talker}GLL,${place},${time},A,A`),
    GST: sealed(`${talker}GST,${time},3.2,6.6,4.7,47.3,5.8,5.6,22.0`),
    ZDA: sealed(`${talker}ZDA,${time},${day},${month},${year},00,00`),
  }
}

export type ExampleType = keyof ReturnType<typeof sentencesOf>
