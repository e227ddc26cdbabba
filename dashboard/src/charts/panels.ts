import type { ChartTable } from '../data/series-table.ts'
import { decimal, nbsp } from '../words/figures.ts'

/** A line in a panel. */
export interface Line {
  column: Exclude<keyof ChartTable, 'timeS'>
  label: string
  /** CSS custom property of its colour. */
  colour: string
  dashed?: boolean
  stepped?: boolean
}

/** A chart of one unit over the time axis that all panels of a stack share. */
export interface Panel {
  title: string
  unit: string
  /** Values are said without the unit. */
  bare?: boolean
  decimals: number
  /** Distances between the lines of the grid, of which the finest that fits is taken. */
  steps: readonly number[]
  heightPx: number
  lines: readonly Line[]
  /** Bounds of the axis around the data's own, which is null without data. */
  range(dataMin: number | null, dataMax: number | null): [number, number]
  /** Lines across the panel: the bands of an event. */
  levels?: readonly { at: number; label: string }[]
}

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step

/** Speed with its limit, km/h. */
export const speedPanel: Panel = {
  title: 'Speed',
  unit: 'km/h',
  decimals: 0,
  steps: [20, 40, 50, 100],
  heightPx: 150,
  lines: [
    { column: 'speedKmh', label: 'speed', colour: '--s-speed' },
    { column: 'limitKmh', label: 'limit', colour: '--s-limit', dashed: true, stepped: true },
  ],
  range: (_, max) => [0, Math.max(40, roundUp((max ?? 0) * 1.08, 20))],
}

/** Accelerations along and across the car, g, symmetric about zero. */
export const forcePanel: Panel = {
  title: 'Acceleration',
  unit: 'g',
  decimals: 2,
  steps: [0.1, 0.2, 0.3, 0.5, 1],
  heightPx: 124,
  lines: [
    { column: 'alongG', label: 'along', colour: '--s-long' },
    { column: 'acrossG', label: 'across', colour: '--s-lat' },
  ],
  range: (min, max) => {
    const reach = Math.max(0.3, roundUp(Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0)) * 1.05, 0.1))
    return [-reach, reach]
  },
}

/** What the box felt in a crash, gravity included, g. */
export const feltPanel: Panel = {
  title: 'Force on the box',
  unit: 'g',
  decimals: 1,
  steps: [1, 2, 5, 10],
  heightPx: 160,
  lines: [{ column: 'feltG', label: 'force', colour: '--s-long' }],
  range: (_, max) => [0, Math.max(3, roundUp((max ?? 0) * 1.05, 1))],
}

/** Slope of the road, per cent, symmetric about zero. */
export const slopePanel: Panel = {
  title: 'Slope of the road',
  unit: '%',
  decimals: 1,
  steps: [2, 5, 10],
  heightPx: 90,
  lines: [{ column: 'slopePercent', label: 'slope', colour: '--s-risk' }],
  range: (min, max) => {
    const reach = Math.max(5, roundUp(Math.max(Math.abs(min ?? 0), Math.abs(max ?? 0)) * 1.05, 5))
    return [-reach, reach]
  },
}

/** Live risk, 0 to 100. */
export const riskPanel: Panel = {
  title: 'Risk',
  unit: 'of 100',
  bare: true,
  decimals: 0,
  steps: [20, 50, 100],
  heightPx: 104,
  lines: [{ column: 'risk', label: 'risk', colour: '--s-risk' }],
  range: () => [0, 100],
}

/** A value of a panel with its unit, or that it is not known. */
export const valueWithUnit = (
  value: number | null | undefined,
  { decimals, unit, bare }: Panel,
  unknown = 'unknown',
): string => {
  if (value === null || value === undefined) return unknown
  return bare ? decimal(value, decimals) : `${decimal(value, decimals)}${nbsp}${unit}`
}
