import uPlot from 'uplot'
import { decimal } from '../words/figures.ts'
import type { Palette } from './palette.ts'

/** What bars are stacked of. */
export interface BarSeries {
  readonly label: string
  /** CSS custom property of its colour. */
  readonly colour: string
  readonly values: readonly number[]
}

interface BarOptions {
  readonly names: readonly string[]
  readonly series: readonly BarSeries[]
  readonly palette: Palette
  readonly widthPx: number
  readonly heightPx: number
  readonly onCursor: (row: number | null) => void
}

const bars = uPlot.paths.bars?.({ size: [0.72, 48], radius: 0.18 })

/** Columns as uPlot draws them one over the other: the whole stack first, then what is below its top. */
export function stackUp(series: readonly Pick<BarSeries, 'values'>[], count: number): uPlot.AlignedData {
  const rows = Array.from({ length: count }, (_, row) => row)
  const tops: number[][] = []
  for (const { values } of series) {
    const below = tops.at(-1)
    tops.push(rows.map((row) => (below?.[row] ?? 0) + (values[row] ?? 0)))
  }
  return [rows, ...tops.toReversed()]
}

/** uPlot's options of stacked bars. */
export function barOptions({ names, series, palette, widthPx, heightPx, onCursor }: BarOptions): uPlot.Options {
  const font = `11px ${palette.font}`
  const axis = { stroke: palette.inkSoft, font, ticks: { show: false } }
  return {
    width: widthPx,
    height: heightPx,
    padding: [8, 4, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false, setScale: false } },
    scales: {
      x: { time: false, range: () => [-0.6, names.length - 0.4] },
      y: { range: (_plot, _min, max) => [0, Math.max(1, (max ?? 0) * 1.08)] },
    },
    axes: [
      {
        ...axis,
        size: 24,
        gap: 4,
        space: 44,
        grid: { show: false },
        incrs: [1, 2, 5, 7, 10],
        values: (_plot, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? (names[tick] ?? '') : '')),
      },
      {
        ...axis,
        size: 46,
        gap: 6,
        space: 28,
        grid: { stroke: palette.line, width: 1 },
        values: (_plot, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? decimal(tick) : '')),
      },
    ],
    series: [
      {},
      ...series.toReversed().map(({ label, colour }) => ({
        label,
        fill: palette.token(colour),
        width: 0,
        points: { show: false },
        ...(bars && { paths: bars }),
      })),
    ],
    hooks: { setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)] },
  }
}
