import type { BoardCommands, Tone } from '../board/commands.ts'
import type { AlertSink, Sound } from './policy.ts'

/** Piezo buzzers are loudest between 2 and 4 kHz. */
const patterns: Record<Exclude<Sound, 'none'>, readonly Tone[]> = {
  chime: [
    { frequencyHz: 2637, durationMs: 90 },
    { frequencyHz: 2093, durationMs: 160 },
  ],
  alarm: Array.from({ length: 3 }, () => [
    { frequencyHz: 2960, durationMs: 150 },
    { frequencyHz: 0, durationMs: 100 },
  ]).flat(),
}

/** Sounds the buzzer of the sensor board; a board that is not there drops it and counts that. */
export const buzzerSink =
  (board: Pick<BoardCommands, 'buzz'> | undefined): AlertSink =>
  (_alert, sound) => {
    if (sound !== 'none') board?.buzz(patterns[sound])
  }
