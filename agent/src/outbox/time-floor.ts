import { quality } from '@fairmile/contract/telematics.ts'

export interface TimeFloorOptions {
  /** UTC epoch milliseconds when this version was made: no record of it can be older. */
  buildMs: number
  /** `at` of the newest record that any boot stored; null for the first ever. */
  lastAt: number | null
}

/**
 * GNSS time that steps back by more than a day had a wrong date before: `createReceiverDate` has seen to it that no single fix does that.
 * One that steps back by less keeps the order of its boot.
 */
const correctionMs = 86_400_000

/**
 * Decides the `at` of a record once and for all, so that it does not run backwards.
 *
 * Before GNSS has set the clock it is the latest of the clock, the last record stored by any boot and the build date. GNSS
 * time is the truth, also where it is before these: it may step back from such a guess, once. From then on it, too, only goes
 * forward in its boot, but for a date that turns out to have been wrong.
 */
export function createTimeFloor({ buildMs, lastAt }: TimeFloorOptions): (at: number, qualityBits: number) => number {
  let guessed = Math.max(buildMs, lastAt ?? 0)
  let known: number | null = null
  return (at, qualityBits) => {
    const isUnset = (qualityBits & quality.clockUnset) !== 0
    if (isUnset && known === null) {
      guessed = Math.max(guessed, at)
      return guessed
    }
    if (known === null || at > known || (!isUnset && known - at > correctionMs)) known = at
    return known
  }
}
