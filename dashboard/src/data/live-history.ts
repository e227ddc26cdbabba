import type { LiveState } from '@fairmile/contract/live.ts'
import { G_MPS2, KMH_PER_MPS } from '@fairmile/contract/units.ts'
import type { SeriesTable } from './series-table.ts'

/** Points kept: ten minutes of one a second, the widest that a screen shows legibly. */
const maxPoints = 600
/** A longer silence breaks the line instead of being drawn through, ms. */
const gapMs = 4_000

const scaled = (value: number | null, factor: number): number | null => (value === null ? null : value * factor)

/**
 * The last minutes of live states as columns for charts, oldest first.
 *
 * A state that is not newer than the last is left out: the channel promises the newest, not each. Another trip begins
 * anew, even with an older clock: a recording that is played has the time of its drive.
 */
export class LiveHistory {
  #rows: { atMs: number; state: LiveState | null }[] = []
  #tripId: string | null = null

  /** Adds a state; gives whether it was newer than all before. */
  push(state: LiveState): boolean {
    if (state.tripId !== null && state.tripId !== this.#tripId) {
      this.clear()
      this.#tripId = state.tripId
    }
    const last = this.#rows.at(-1)
    if (last && state.at <= last.atMs) return false
    if (last && state.at - last.atMs > gapMs) this.#rows.push({ atMs: last.atMs + 1, state: null })
    this.#rows.push({ atMs: state.at, state })
    if (this.#rows.length > maxPoints) this.#rows.splice(0, this.#rows.length - maxPoints)
    return true
  }

  clear(): void {
    this.#rows = []
    this.#tripId = null
  }

  get length(): number {
    return this.#rows.length
  }

  /** Columns by the names of `SeriesTable`: km/h, g and risk 0–100 over epoch seconds. */
  table(): SeriesTable {
    const column = (of: (state: LiveState) => number | null) => this.#rows.map(({ state }) => state && of(state))
    return {
      timeS: this.#rows.map(({ atMs }) => atMs / 1000),
      speedKmh: column(({ speedMps }) => scaled(speedMps, KMH_PER_MPS)),
      limitKmh: column(({ limitKmh }) => limitKmh),
      alongG: column(({ aLong }) => scaled(aLong, 1 / G_MPS2)),
      acrossG: column(({ aLat }) => scaled(aLat, 1 / G_MPS2)),
      risk: column(({ liveRisk }) => liveRisk),
    }
  }
}
