import type { LiveState } from '@fairmile/contract/live.ts'
import { G_MPS2, KMH_PER_MPS } from '@fairmile/contract/units.ts'
import type { SeriesTable } from './series-table.ts'

/** Points kept: ten minutes of one a second, the widest that a screen shows legibly. */
const maxPoints = 600
/** A longer silence breaks the line instead of being drawn through, ms. */
const gapMs = 4_000

type Column = Exclude<keyof SeriesTable, 'timeS'>

/** One moment; `values` is null where the line is broken. */
interface Row {
  atMs: number
  values: Record<Column, number | null> | null
}

/** Moments between which nothing is known yet, epoch milliseconds. */
export interface Hole {
  fromMs: number
  toMs: number
}

const scaled = (value: number | null, factor: number): number | null => (value === null ? null : value * factor)

/**
 * The last minutes of a trip as columns for charts, oldest first: live states, and before and between them what is stored.
 *
 * A state that is not newer than the last is left out: the channel promises the newest, not each. Another trip begins
 * anew, even with an older clock: a recording that is played has the time of its drive.
 */
export class LiveHistory {
  #live: Row[] = []
  #stored: Row[] = []
  #storedStepMs = 0
  #startMs: number | null = null
  #tripId: string | null = null
  #revision = 0

  /** Adds a state; gives whether it was newer than all before. */
  push(state: LiveState): boolean {
    if (state.tripId !== null && state.tripId !== this.#tripId) {
      this.clear()
      this.#tripId = state.tripId
    }
    const last = this.#live.at(-1)
    if (last && state.at <= last.atMs) return false
    this.#revision += 1
    this.#live.push({ atMs: state.at, values: valuesOf(state) })
    if (this.#live.length > maxPoints) this.#live.splice(0, this.#live.length - maxPoints)
    return true
  }

  /** Puts what the cloud has stored of the trip where no live state is; what was put there before is replaced. */
  fill(tripId: string, startAt: string, { timeS, ...columns }: SeriesTable): void {
    if (tripId !== this.#tripId) return
    this.#revision += 1
    this.#startMs = Date.parse(startAt)
    this.#stored = timeS.map((second, row) => ({
      atMs: second * 1000,
      values: {
        speedKmh: columns.speedKmh[row] ?? null,
        limitKmh: columns.limitKmh[row] ?? null,
        alongG: columns.alongG[row] ?? null,
        acrossG: columns.acrossG[row] ?? null,
        risk: columns.risk[row] ?? null,
      },
    }))
    const [first, last] = [this.#stored[0], this.#stored.at(-1)]
    this.#storedStepMs = first && last ? (last.atMs - first.atMs) / Math.max(1, this.#stored.length - 1) : 0
  }

  clear(): void {
    this.#live = []
    this.#stored = []
    this.#startMs = null
    this.#tripId = null
    this.#revision += 1
  }

  /** Grows with each change, so that charts are drawn anew only then. */
  get revision(): number {
    return this.#revision
  }

  /** The newest stretch of the trip of which nothing has come; null before `fill` has told when the trip began. */
  get hole(): Hole | null {
    if (this.#startMs === null) return null
    const rows = this.#rows()
    const at = rows.findLastIndex(({ values }) => values === null)
    if (at > 0) return { fromMs: rows[at - 1]!.atMs, toMs: rows[at + 1]!.atMs }
    const first = rows[0]
    const cut = this.#live.length === maxPoints
    return first && !cut && first.atMs - this.#startMs > gapMs ? { fromMs: this.#startMs, toMs: first.atMs } : null
  }

  /** Columns by the names of `SeriesTable`: km/h, g and risk 0–100 over epoch seconds. */
  table(): SeriesTable {
    const rows = this.#rows().slice(-maxPoints)
    const column = (name: Column) => rows.map(({ values }) => values?.[name] ?? null)
    return {
      timeS: rows.map(({ atMs }) => atMs / 1000),
      speedKmh: column('speedKmh'),
      limitKmh: column('limitKmh'),
      alongG: column('alongG'),
      acrossG: column('acrossG'),
      risk: column('risk'),
    }
  }

  /** Both kinds by time, each moment once, with a row of nothing where the line breaks. */
  #rows(): Row[] {
    const rows: Row[] = []
    const storedGapMs = Math.max(gapMs, 2 * this.#storedStepMs)
    const add = (row: Row, mostMs: number): void => {
      const last = rows.at(-1)
      if (last && row.atMs - last.atMs > mostMs) rows.push({ atMs: last.atMs + 1, values: null })
      rows.push(row)
    }
    let next = 0
    let live: Row | null = null
    for (const row of this.#live) {
      const isGap: boolean = live === null || row.atMs - live.atMs > gapMs
      let bridged = false
      for (; this.#stored[next] && this.#stored[next]!.atMs < row.atMs; next++) {
        if (!isGap || this.#stored[next]!.atMs <= (live?.atMs ?? Number.NEGATIVE_INFINITY)) continue
        add(this.#stored[next]!, storedGapMs)
        bridged = true
      }
      add(row, bridged ? storedGapMs : gapMs)
      live = row
    }
    return rows
  }
}

function valuesOf({ speedMps, limitKmh, aLong, aLat, liveRisk }: LiveState): Row['values'] {
  return {
    speedKmh: scaled(speedMps, KMH_PER_MPS),
    limitKmh,
    alongG: scaled(aLong, 1 / G_MPS2),
    acrossG: scaled(aLat, 1 / G_MPS2),
    risk: liveRisk,
  }
}
