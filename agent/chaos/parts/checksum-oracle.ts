import type { Fix } from '../../src/sensors.ts'
import { xor } from './bad-nmea.ts'

interface Vouched {
  places: [lat: number, lon: number][]
  speeds: number[]
}

const sentence = /[$!]([^*$\n]*)\*([0-9A-Fa-f]{2})/g
const place = /,(\d+(?:\.\d*)?),([NS]),(\d+(?:\.\d*)?),([EW]),/g
const metresPerKnotSecond = 1852 / 3600

const degrees = (field: string): number => {
  const value = Number(field)
  return Math.floor(value / 100) + (value % 100) / 60
}

/**
 * Says whether a fix could come from sentences whose checksum is right, by reading all text for itself.
 *
 * It keeps what two blocks of text vouch for: a fix comes out at most a few sentences after its own.
 */
export function createChecksumOracle() {
  let last: Vouched = { places: [], speeds: [] }
  let now: Vouched = last
  const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-7
  return {
    /** Takes the next block of text, whole lines. */
    read(text: string): void {
      last = now
      now = { places: [], speeds: [] }
      for (const [, body = '', sum = ''] of text.matchAll(sentence)) {
        if (xor(body) !== Number.parseInt(sum, 16)) continue
        for (const [, lat = '', ns, lon = '', ew] of body.matchAll(place))
          now.places.push([degrees(lat) * (ns === 'S' ? -1 : 1), degrees(lon) * (ew === 'W' ? -1 : 1)])
        const fields = body.split(',')
        const at = fields[0]?.slice(2)
        if (at === 'RMC') now.speeds.push(Number(fields[7]) * metresPerKnotSecond)
        if (at === 'VTG') now.speeds.push(Number(fields[5]) * metresPerKnotSecond, Number(fields[7]) / 3.6)
      }
    },
    /** True where a sentence with a good checksum says the fix's position, and one its speed. */
    vouchesFor({ lat, lon, speedMps }: Fix): boolean {
      const both = [now, last]
      if (
        lat !== null &&
        !both.some(({ places }) => places.some(([a, b]) => near(a, lat) && near(b, lon ?? Number.NaN)))
      )
        return false
      return speedMps === null || both.some(({ speeds }) => speeds.some((speed) => near(speed, speedMps)))
    },
  }
}
