import { G_MPS2 } from '@fairmile/contract/units.ts'
import type { Random } from '../random.ts'

/** What a data sheet says of a six-axis sensor, in SI units. Limits are taken as three sigma where it does not say. */
export interface ImuPart {
  name: string
  /** Noise densities: m/s² and rad/s per √Hz. */
  accelerationNoise: number
  gyroNoise: number
  /** One sigma of the offsets at switching on, x, y, z. */
  offsetMps2: readonly [number, number, number]
  gyroOffsetRps: number
  /** One sigma of the drift of an offset a kelvin. */
  offsetPerK: number
  gyroOffsetPerK: number
  /** One sigma of the error of a scale (accelerometer, gyro), and of what leaks into each other axis. */
  scale: number
  gyroScale: number
  crossAxis: number
  /** One sigma of the sample clock's relative error. */
  clock: number
  /** Counts a g at ±16 g, and counts a °/s at ±1000 °/s. */
  perG: number
  perDps: number
}

const mg = G_MPS2 / 1000
const dps = Math.PI / 180

/** One part from the figures as data sheets print them: limits in mg, °/s and %, noise in µg and m°/s per √Hz. */
function part(
  name: string,
  f: {
    noiseUg: number
    noiseMdps: number
    offsetMg: readonly [number, number]
    offsetDps: number
    mgPerK: number
    dpsPerK: number
    scalePercent: number
    gyroScalePercent: number
    crossPercent: number
    clockPercent: number
    perG: number
    perDps: number
  },
): ImuPart {
  const [sideways, up] = f.offsetMg
  return {
    name,
    accelerationNoise: f.noiseUg * 1e-3 * mg,
    gyroNoise: f.noiseMdps * 1e-3 * dps,
    offsetMps2: [(sideways * mg) / 3, (sideways * mg) / 3, (up * mg) / 3],
    gyroOffsetRps: (f.offsetDps * dps) / 3,
    offsetPerK: (f.mgPerK * mg) / 3,
    gyroOffsetPerK: (f.dpsPerK * dps) / 3,
    scale: f.scalePercent / 300,
    gyroScale: f.gyroScalePercent / 300,
    crossAxis: f.crossPercent / 300,
    clock: f.clockPercent / 300,
    perG: f.perG,
    perDps: f.perDps,
  }
}

/**
 * InvenSense MPU-6050 product specification rev. 3.4, sections 6.1 and 6.2: 400 µg/√Hz and 0.005 °/s/√Hz; zero-g ±50 mg (x, y)
 * and ±80 mg (z), ±35 mg over 70 K; zero-rate ±20 °/s, the same over its range of temperatures; scale ±3 %, cross-axis ±2 %.
 */
export const mpu6050 = part('MPU-6050', {
  noiseUg: 400,
  noiseMdps: 5,
  offsetMg: [50, 80],
  offsetDps: 20,
  mgPerK: 1,
  dpsPerK: 0.3,
  scalePercent: 3,
  gyroScalePercent: 3,
  crossPercent: 2,
  clockPercent: 5,
  perG: 2048,
  perDps: 32.8,
})

/**
 * The others: ICM-20948 (TDK DS-000189 rev. 1.3, tables 1 and 2), LSM6DSO (ST DS12140) and LSM6DS3 (ST DocID026899), BMI160
 * (Bosch BST-BMI160-DS000, tables 2 and 3). Offsets on a board, after soldering, where the sheet has them.
 */
const others: readonly (readonly [ImuPart, number])[] = [
  [
    part('ICM-20948', {
      noiseUg: 230,
      noiseMdps: 15,
      offsetMg: [50, 50],
      offsetDps: 5,
      mgPerK: 0.8,
      dpsPerK: 0.05,
      scalePercent: 1.5,
      gyroScalePercent: 1.5,
      crossPercent: 2,
      clockPercent: 5,
      perG: 2048,
      perDps: 32.8,
    }),
    2,
  ],
  [
    part('LSM6DSO', {
      noiseUg: 110,
      noiseMdps: 3.8,
      offsetMg: [20, 20],
      offsetDps: 1,
      mgPerK: 0.1,
      dpsPerK: 0.01,
      scalePercent: 1,
      gyroScalePercent: 1,
      crossPercent: 1,
      clockPercent: 3,
      perG: 2049,
      perDps: 28.6,
    }),
    2,
  ],
  [
    part('LSM6DS3', {
      noiseUg: 110,
      noiseMdps: 7,
      offsetMg: [40, 40],
      offsetDps: 10,
      mgPerK: 0.5,
      dpsPerK: 0.05,
      scalePercent: 2,
      gyroScalePercent: 3,
      crossPercent: 1,
      clockPercent: 5,
      perG: 2049,
      perDps: 28.6,
    }),
    1,
  ],
  [
    part('BMI160', {
      noiseUg: 180,
      noiseMdps: 7,
      offsetMg: [40, 40],
      offsetDps: 3,
      mgPerK: 1,
      dpsPerK: 0.05,
      scalePercent: 1.5,
      gyroScalePercent: 3,
      crossPercent: 1,
      clockPercent: 2,
      perG: 2048,
      perDps: 32.8,
    }),
    1,
  ],
]

/** A part as cars have them; the cheapest is the commonest. */
export function drawImuPart(random: Random): ImuPart {
  return random.pick([[mpu6050, 4], ...others])
}
