import type { Health } from '@fairmile/firmware-bridge/messages.ts'

/** What a board's line has brought so far. */
export interface BoardCounts {
  bursts: number
  samples: number
  /** Samples with an axis at the end of its range. */
  saturated: number
  /** Bursts before the board said what its numbers mean. */
  early: number
  lostFrames: number
  damagedFrames: number
  /** Whole frames of a kind that this version does not know. */
  unknownMessages: number
  /** Samples that the board says it lost since its start. */
  lostSamples: number
  /** Temperature of its IMU, °C; null where it tells none. */
  imuC: number | null
  selfTest: Health['selfTest']
  /** Commands that no board was there for, that it refused, or that it never answered. */
  failedCommands: number
}

/** All at nothing. */
export const noBoardCounts = (): BoardCounts => ({
  bursts: 0,
  samples: 0,
  saturated: 0,
  early: 0,
  lostFrames: 0,
  damagedFrames: 0,
  unknownMessages: 0,
  lostSamples: 0,
  imuC: null,
  selfTest: 'not_run',
  failedCommands: 0,
})
