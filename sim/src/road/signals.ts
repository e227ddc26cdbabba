import type { StopPoint } from './road.ts'

/** Seconds of yellow by German rules (RiLSA 2015: 3 s at 50 km/h). */
const YELLOW_S = 3

/** Colour of a light at a time; a sign is `sign`. */
export function signalAt(point: StopPoint, timeS: number): 'green' | 'yellow' | 'red' | 'sign' {
  if (point.kind !== 'light') return 'sign'
  const phase = (((timeS + point.offsetS) % point.cycleS) + point.cycleS) % point.cycleS
  if (phase < point.greenS) return 'green'
  return phase < point.greenS + YELLOW_S ? 'yellow' : 'red'
}
