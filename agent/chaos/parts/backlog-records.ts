import type { Unsequenced } from '../../src/outbox/outbox.ts'

/** An id that tells which alert it is. */
export const alertId = (n: number): string => `EVT-${String(n).padStart(12, '0')}`

/** The i-th second of a drive in waves: values that a column does not guess. */
export function wavySecond(i: number, at: number): Unsequenced<'telematics'> {
  const wave = (period: number, size: number): number => Math.sin((2 * Math.PI * i) / period) * size
  const rough = (((i * 7919) % 997) / 997 - 0.5) * 2
  const speedMps = Math.max(0, 14 + wave(97, 8) + rough * 0.4)
  return {
    at,
    lat: 49 + wave(7200, 0.1) + rough * 1e-5,
    lon: 12 + wave(5400, 0.1) - rough * 1e-5,
    altM: 340 + wave(1800, 40) + rough,
    speedMps,
    headingDeg: (i * 3) % 360,
    hdop: 0.9,
    aLongMin: -0.4 + wave(31, 0.5) + rough * 0.2,
    aLongMax: 0.3 + wave(31, 0.5) + rough * 0.3,
    aLatMin: -0.3 + wave(17, 0.4),
    aLatMax: 0.4 + wave(17, 0.4) - rough * 0.2,
    aVertRms: 0.4 + rough * 0.3,
    yawRateMax: wave(13, 0.1) + rough * 0.01,
    limitKmh: 50,
    liveRisk: 30 + wave(61, 20) + rough,
    quality: 0,
  }
}
