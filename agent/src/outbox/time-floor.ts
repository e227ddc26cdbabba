import { quality } from '@fairmile/contract/telematics.ts'

export interface TimeFloorOptions {
  /** UTC epoch milliseconds when this version was made: no record of it can be older. */
  buildMs: number
  /** `at` of the newest record that any boot stored; null for the first ever. */
  lastAt: number | null
}

/**
 * Decides the `at` of a record once and for all, so that it never runs backwards.
 *
 * Before GNSS has set the clock it is the latest of the clock, the last record stored by any boot and the build date. GNSS
 * time is the truth and may step back from such a guess, once; from then on it, too, only goes forward in its boot.
 */
export function createTimeFloor({ buildMs, lastAt }: TimeFloorOptions): (at: number, qualityBits: number) => number {
  let guessed = Math.max(buildMs, lastAt ?? 0)
  let known: number | null = null
  return (at, qualityBits) => {
    if ((qualityBits & quality.clockUnset) !== 0 && known === null) {
      guessed = Math.max(guessed, at)
      return guessed
    }
    known = Math.max(known ?? 0, at)
    return known
  }
}
