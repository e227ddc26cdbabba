import { readdirSync, readFileSync, statSync } from 'node:fs'
import { median, theilSen } from './theil-sen.ts'

/** How a process is at a moment. */
export interface VitalSigns {
  atMs: number
  rssBytes: number
  handles: number
  /** Bytes of a file that it grows; 0 where it is not there. */
  fileBytes: number
}

/** What a time of watching a process showed. */
export interface Vitals {
  rssMb: number
  rssMostMb: number
  /** Percent an hour, through the medians of each minute. */
  rssSlopePercentPerHour: number
  handlesFirst: number
  handlesLast: number
  handlesMost: number
  fileMostMb: number
}

const minuteMs = 60_000

/** Looks at a process of this machine (proc(5)). @param file a file that must stay small; null for none */
export function vitalSigns(pid: number, file: string | null): VitalSigns {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return {
    atMs: performance.now(),
    rssBytes: Number(kib?.[1] ?? Number.NaN) * 1024,
    handles: readdirSync(`/proc/${pid}/fd`).length,
    fileBytes: (file && statSync(file, { throwIfNoEntry: false })?.size) || 0,
  }
}

/** Sums up what was seen. */
export function sumUp(seen: readonly VitalSigns[]): Vitals {
  const minutes = Map.groupBy(seen, ({ atMs }) => Math.floor(atMs / minuteMs))
  const points = [...minutes].map(([minute, signs]) => ({
    x: minute / 60,
    y: median(signs.map(({ rssBytes }) => rssBytes)),
  }))
  const middle = median(points.map(({ y }) => y))
  const most = (of: (signs: VitalSigns) => number): number => Math.max(...seen.map(of))
  const mb = (bytes: number): number => Math.round(bytes / 1e5) / 10
  return {
    rssMb: mb(middle),
    rssMostMb: mb(most(({ rssBytes }) => rssBytes)),
    rssSlopePercentPerHour: Math.round((10_000 * theilSen(points)) / middle) / 100,
    handlesFirst: seen[0]!.handles,
    handlesLast: seen.at(-1)!.handles,
    handlesMost: most(({ handles }) => handles),
    fileMostMb: mb(most(({ fileBytes }) => fileBytes)),
  }
}
