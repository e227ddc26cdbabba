import type { LabEvent } from './replay-drive.ts'
import type { DriveResult, DriverResult, LabResult } from './run-lab.ts'

/** A bar of the histogram is this wide at most. */
const barWidth = 30

/** The result as text: what changes by drive and by driver, totals, and the histogram of premium changes. */
export function report(result: LabResult): string {
  const { totals, dislocation, currency } = result
  const { events, monthMinor } = totals
  const money = moneyOf(currency)
  const most = Math.max(1, ...dislocation.steps.map(({ drivers }) => drivers))
  return [
    `before  ${result.before}`,
    `after   ${result.after}`,
    `plan    ${result.plan}; premiums are its month`,
    '',
    ...result.drives.flatMap(driveLines),
    '',
    ...result.drivers.map((driver) => driverLine(driver, money)),
    '',
    `${totals.drives} drives, ${totals.km.toFixed(1)} km: ${events.before} events before, ${events.after} after; ${events.appeared} appear, ${events.vanished} vanish, ${events.changed} change band or grade`,
    `${totals.drivers} drivers: ${money(monthMinor.before)} a month before, ${money(monthMinor.after)} after; ${dislocation.cheaper} pay less, ${dislocation.dearer} more`,
    ...dislocation.steps.map(({ name, drivers }) =>
      `  ${name.padStart(12)}  ${String(drivers).padStart(4)}  ${'█'.repeat(Math.ceil((drivers / most) * barWidth))}`.trimEnd(),
    ),
  ].join('\n')
}

function driveLines({ drive, km, risk, events }: DriveResult): string[] {
  const changes = [
    ...events.appeared.map((event) => `    + ${eventWords(event)}`),
    ...events.vanished.map((event) => `    − ${eventWords(event)}`),
    ...events.changed.map(({ before, after }) => `    ~ ${eventWords(before)} → ${after.band} ${after.grade}`),
  ]
  const same = risk.before === risk.after ? '' : ` → ${riskWords(risk.after)}`
  const counts = `${events.before} events${events.before === events.after ? '' : ` → ${events.after}`}`
  return [`${drive}  ${km.toFixed(1)} km, ${counts}, trip risk ${riskWords(risk.before)}${same}`, ...changes]
}

function driverLine({ driver, drives, before, after }: DriverResult, money: (minor: number) => string): string {
  const score = (side: DriverResult['before']): string =>
    `${(100 - side.risk).toFixed(1)} (${(100 - side.high).toFixed(0)} to ${(100 - side.low).toFixed(0)})`
  const percent = before.monthMinor > 0 ? (after.monthMinor / before.monthMinor - 1) * 100 : 0
  const change = `${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${Math.abs(percent).toFixed(1)} %`
  return `driver ${driver}  ${drives} drives, ${before.judgedKm.toFixed(1)} km judged: safety score ${score(before)} → ${score(after)}, ${money(before.monthMinor)} → ${money(after.monthMinor)} (${change})`
}

const riskWords = (risk: number | null): string => (risk === null ? 'unknown' : risk.toFixed(1))

function eventWords({ kind, startS, peak, band, grade }: LabEvent): string {
  return `${kind} at ${startS.toFixed(1)} s, peak ${peak.toFixed(2)}, ${band} ${grade}`
}

function moneyOf(currency: string): (minor: number) => string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return (minor) => format.format(minor / 10 ** digits)
}
