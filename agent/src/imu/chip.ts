import type { Registers } from './registers.ts'

/** How a chip's own test of its sensors ended. */
export interface SelfTest {
  /** `moving`: it was shaken meanwhile, so that nothing can be said; `unknown`: its maker stored nothing to compare with. */
  result: 'passed' | 'failed' | 'moving' | 'unknown'
  /** What was found, for people. */
  detail: string
}

/** An IMU chip that has been set up: ±16 g, so that a crash is seen whole, ±1000 °/s, about 100 samples a second into its FIFO. */
export interface Chip {
  /** As its maker calls it. */
  readonly name: string
  /** Samples a second by its data sheet; its oscillator is some percent off. */
  readonly sampleHz: number
  /** m/s² and rad/s of one step. */
  readonly scale: { mps2: number; rps: number }
  /** Steps from which on an axis counts as saturated. */
  readonly limits: { accel: number; gyro: number }
  /** What `take` read: ax ay az gx gy gz of each sample, in steps of the chip's axes. */
  readonly words: Int16Array
  /** Looks how full the FIFO is; true where it ran over since the last look, so that what was read and what it holds has a gap. */
  look(): Promise<boolean>
  /** Reads what `look` saw into `words`; gives the number of samples. */
  take(): Promise<number>
  /** Empties the FIFO and lets it fill anew. */
  restart(): Promise<void>
  temperatureC(): Promise<number>
  /** Takes about a second, in which no samples come, and sets the chip up again. The car must stand. */
  selfTest(): Promise<SelfTest>
}

/** Chips of one kind: where they are found, and how they are set up. */
export interface ChipFamily {
  /** The register that tells which chip it is. */
  readonly idRegister: number
  /** Names by what that register says. */
  readonly names: Readonly<Record<number, string>>
  /** 7-bit addresses, by the level of a pin. */
  readonly addresses: readonly number[]
  open(registers: Registers, name: string): Promise<Chip>
  /**
   * Frees a chip whose WHO_AM_I cannot be read since an agent was killed while it set it up; writes only where it is sure that it is one.
   * Gives whether it was.
   */
  free?(registers: Registers): Promise<boolean>
}

/** An axis counts as saturated 1 % below its end: a low-pass behind the range rounds the peak. */
const saturatedShare = 0.99

/** Steps from which on the axes are saturated, for the end of the range in steps. @default the end of 16 bits */
export const limitsOf = ({ accel = 32767, gyro = 32767 } = {}): Chip['limits'] => ({
  accel: Math.floor(Math.min(32767, accel) * saturatedShare),
  gyro: Math.floor(Math.min(32767, gyro) * saturatedShare),
})
