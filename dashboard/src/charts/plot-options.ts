import uPlot from 'uplot'
import { clock, clockSeconds } from '../words/dates.ts'
import { decimal } from '../words/figures.ts'
import type { Palette } from './palette.ts'
import type { Line, Panel } from './panels.ts'

/** A stretch of time that is shaded in every panel: an event. */
export interface Mark {
  id: string
  startS: number
  endS: number
  label: string
}

/** How one panel of a stack becomes a plot. */
export interface PlotOptions {
  panel: Panel
  palette: Palette
  widthPx: number
  marks: readonly Mark[]
  /** Only the lowest panel writes the time. */
  withTime: boolean
  /** Plots with the same key share their cursor. */
  syncKey: string
  onCursor: (row: number | null) => void
  /** Seconds shown, ending at the newest; all there are where null. */
  windowS: number | null
}

const axisWidthPx = 46
const timeHeightPx = 26
/** An event is at least this wide, so that half a second is seen on an hour. */
const minMarkPx = 3

const stepped = uPlot.paths.stepped?.({ align: 1 })

/** uPlot's options of a panel. */
export function plotOptions(options: PlotOptions): uPlot.Options {
  const { panel, palette, widthPx, withTime, syncKey, onCursor, windowS } = options
  const font = `11px ${palette.font}`
  return {
    width: widthPx,
    height: panel.heightPx + (withTime ? timeHeightPx : 0),
    padding: [8, 12, withTime ? 0 : 8, 0],
    legend: { show: false },
    cursor: {
      y: false,
      points: { size: 7, width: 2 },
      drag: { x: false, y: false, setScale: false },
      sync: { key: syncKey, scales: ['x', null] },
    },
    scales: {
      x: { time: true, ...(windowS === null ? {} : { range: (_plot, _min, max) => [max - windowS, max] }) },
      y: { range: (_plot, min, max) => panel.range(min, max) },
    },
    axes: [timeAxis(palette, font, withTime), valueAxis(panel, palette, font)],
    series: [{}, ...panel.lines.map((line) => seriesOf(line, palette))],
    hooks: {
      drawClear: [(plot) => drawMarks(plot, options)],
      draw: [(plot) => drawLevels(plot, options)],
      setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)],
    },
  }
}

function timeAxis(palette: Palette, font: string, shown: boolean): uPlot.Axis {
  return {
    stroke: palette.inkSoft,
    font,
    size: shown ? timeHeightPx : 0,
    grid: { show: false },
    ticks: { show: false },
    space: 76,
    values: (_plot, ticks, _axis, _space, stepS) =>
      shown ? ticks.map((tick) => (stepS < 60 ? clockSeconds(tick * 1000) : clock(tick * 1000))) : ticks.map(() => ''),
  }
}

function valueAxis(panel: Panel, palette: Palette, font: string): uPlot.Axis {
  return {
    stroke: palette.inkSoft,
    font,
    size: axisWidthPx,
    gap: 6,
    space: 24,
    incrs: panel.steps.slice(),
    grid: { stroke: palette.line, width: 1 },
    ticks: { show: false },
    values: (_plot, ticks) => ticks.map((tick) => decimal(tick, panel.decimals > 0 ? 1 : 0)),
  }
}

function seriesOf(line: Line, palette: Palette): uPlot.Series {
  const stroke = palette.token(line.colour)
  return {
    label: line.label,
    stroke,
    width: line.dashed ? 1.5 : 2,
    points: { show: false },
    ...(line.dashed ? { dash: [4, 4] } : {}),
    ...(line.stepped && stepped ? { paths: stepped } : {}),
  }
}

function drawMarks(plot: uPlot, { marks, palette }: PlotOptions): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.fillStyle = palette.token('--risk-3')
  for (const { startS, endS } of marks) {
    const start = plot.valToPos(startS, 'x', true)
    const lasting = plot.valToPos(endS, 'x', true) - start
    const width = Math.max(minMarkPx * devicePixelRatio, lasting)
    const left = start - (width - lasting) / 2
    ctx.globalAlpha = 0.2
    ctx.fillRect(left, bbox.top, width, bbox.height)
    ctx.globalAlpha = 1
    ctx.fillRect(left, bbox.top, width, 4 * devicePixelRatio)
  }
  ctx.restore()
}

function drawLevels(plot: uPlot, { panel, palette }: PlotOptions): void {
  if (!panel.levels) return
  const { ctx, bbox } = plot
  ctx.save()
  ctx.strokeStyle = palette.inkSoft
  ctx.fillStyle = palette.inkSoft
  ctx.font = `${11 * devicePixelRatio}px ${palette.font}`
  ctx.textAlign = 'right'
  ctx.textBaseline = 'bottom'
  ctx.setLineDash([2 * devicePixelRatio, 3 * devicePixelRatio])
  ctx.lineWidth = devicePixelRatio
  for (const { at, label } of panel.levels) {
    const y = plot.valToPos(at, 'y', true)
    if (y < bbox.top || y > bbox.top + bbox.height) continue
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
    ctx.fillText(label, bbox.left + bbox.width - 4 * devicePixelRatio, y - 2 * devicePixelRatio)
  }
  ctx.restore()
}
