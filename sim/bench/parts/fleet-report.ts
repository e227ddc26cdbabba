import type { DriveResult } from './compare-drive.ts'
import type { FleetFigures, JudgeFigures, Score, Spread } from './fleet-figures.ts'
import { kinds } from './match-events.ts'

/** Drives named at the end. */
const named = 8

const scoreLine = (name: string, s: Score): string =>
  `  ${name.padEnd(20)} ${String(s.tp).padStart(5)} found ${String(s.fp).padStart(4)} false ${String(s.fn).padStart(4)} missed` +
  `   precision ${s.precision ?? '-'}, recall ${s.recall ?? '-'}, F1 ${s.f1 ?? '-'}`
const spread = ({ p50, p95, max }: Spread): string => `${p50} / ${p95} / ${max}`

function judgeLines(name: string, f: JudgeFigures): string[] {
  return [
    `${name}, events of at least 0.40 g:`,
    ...kinds.map((kind) => scoreLine(kind, f.kinds[kind]!)),
    scoreLine('all', f),
    `  false events per 100 km: ${f.falsePer100Km} of any band (${f.falseByGate} real but too slow), ${f.false40Per100Km} of 0.40 g; ` +
      `missed in the first minute: ${f.missedEarly}; ` +
      `grade A wrong: ${f.gradeAWrong} of ${f.gradeA}; peaks off by ${f.peakBiasG} ± ${f.peakSdG} g`,
  ]
}

/** The figures of some drives as text. */
export function reportFigures(title: string, f: FleetFigures): string {
  return [
    `${title}: ${f.drives} drives, ${f.distanceKm} km`,
    ...judgeLines('agent', f.agent),
    ...judgeLines('reference', f.naive),
    'mount error, degrees (50 % / 95 % / largest):',
    `  roll ${spread(f.mountDeg.roll)}, pitch ${spread(f.mountDeg.pitch)}, yaw ${spread(f.mountDeg.yaw)}`,
    `  against what the sensor feels: roll ${spread(f.mountDeg.feltRoll)}, pitch ${spread(f.mountDeg.feltPitch)}`,
    `  within 0.7°: ${f.mountWithin.felt07} (${f.mountWithin.true07} with the sensor's own offset); yaw within 3°: ${f.mountWithin.yaw3}`,
    `  error in the agent's own sigmas: tilt ${spread(f.honesty.tilt)}, yaw ${spread(f.honesty.yaw)}`,
    `distance off by % ${spread(f.distancePercent)}; RMS of speed ${f.rms.speedMps} m/s, along ${f.rms.aLongMps2}, across ${f.rms.aLatMps2} m/s²; ` +
      `false crashes ${f.falseCrashes}`,
    '',
  ].join('\n')
}

/** A line for each form of recorder. */
export function reportVariants(by: Record<string, FleetFigures>): string {
  const lines = Object.entries(by).map(([name, f]) => {
    const { agent: a, mountDeg: m, distancePercent: d, rms } = f
    return [
      name.padEnd(13),
      `${a.tp}/${a.fp}/${a.fn}`.padEnd(10),
      String(a.f1).padEnd(7),
      String(a.falsePer100Km).padEnd(7),
      `${a.gradeAWrong}/${a.gradeA}`.padEnd(7),
      `${m.feltRoll.p50}/${m.feltRoll.p95} ${m.feltPitch.p50}/${m.feltPitch.p95}`.padEnd(20),
      `${m.yaw.p50}/${m.yaw.p95}`.padEnd(11),
      `${d.p50}/${d.max}`.padEnd(12),
      `${rms.speedMps} ${rms.aLongMps2} ${rms.aLatMps2}`,
    ].join(' ')
  })
  const head =
    'recorder      tp/fp/fn   F1      false   A wrong roll and pitch °     yaw °       distance %   RMS speed, along, across'
  return `${[head, ...lines, ''].join('\n')}\n`
}

/** The drives with most that is wrong, with what it is and where to look. */
export function reportWorst(drives: readonly DriveResult[]): string {
  const badness = ({ agent, mount, distanceError }: DriveResult): number =>
    10 * agent.gradeAWrong.length +
    3 * agent.matchings.reduce((sum, m) => sum + m.misses.length + m.falseOnes.length, 0) +
    2 * agent.falseOnes.length +
    Math.abs(mount.yawDeg) / 3 +
    Math.hypot(mount.feltRollDeg, mount.feltPitchDeg) / 0.7 +
    Math.abs(distanceError) / 0.005
  const worst = [...drives].sort((a, b) => badness(b) - badness(a)).slice(0, named)
  return `${['worst drives:', ...worst.flatMap(describe)].join('\n')}\n`
}

function describe({ folder, variant, agent, mount, distanceError, yawSigmaDeg, lagMs, ...d }: DriveResult): string[] {
  const event = (e: { kind: string; startS: number; peakG: number; band: string; grade: string }) =>
    `${e.kind} at ${e.startS} s, ${e.peakG.toFixed(2)} g, ${e.band}, ${e.grade}`
  return [
    `  ${folder} (${variant}): felt roll ${mount.feltRollDeg.toFixed(2)}°, pitch ${mount.feltPitchDeg.toFixed(2)}° (σ ${d.tiltSigmaDeg.toFixed(2)}), ` +
      `yaw ${mount.yawDeg.toFixed(2)}° (σ ${yawSigmaDeg.toFixed(2)}), lag ${lagMs} ms, distance ${(100 * distanceError).toFixed(2)} %, ` +
      `RMS ${Math.sqrt(d.speedSquare).toFixed(2)} m/s ${Math.sqrt(d.aLongSquare).toFixed(2)} ${Math.sqrt(d.aLatSquare).toFixed(2)} m/s²`,
    ...agent.matchings.flatMap((m) =>
      m.misses.map((t) => `    missed ${t.kind} at ${t.start_s} s, ${t.peak_g} g, ${t.speed_kmh} km/h`),
    ),
    ...agent.wrong.map((e) => `    wrong  ${event(e)}`),
  ]
}
