/**
 * B2: impossible motion in simulated drives: positions that leap, freeze, are forged or dragged away, numbers that are none,
 * clocks that stand, sensors that are stuck, dead or at their limit. Claim: nothing of it is scored, judged or credited as
 * distance, at least 99 % of it is marked as implausible (of what is dragged away slowly 95 %), and of the same drives as
 * they were sensed at most 0.1 % of the motion is.
 *
 * The control is the filter of a usual tracker: invalid, repeated and too fast positions. It must fail.
 */

import { chaosOptions, verdict } from '../../scripts/chaos/command.ts'
import { createLots } from '../../scripts/chaos/lots.ts'
import { simulateDrives } from './parts/base-drives.ts'
import { impossibleKinds } from './parts/impossible-motion.ts'
import { judgeCase, type Stretch } from './parts/judged-case.ts'
import { stockFilterFinds } from './parts/stock-filter.ts'

const drives = 12
const minutes = 10
/** One case in so many is of a slow kind: they take twenty times as long. */
const slowEvery = 10
const slowStretch = { beforeMs: 100_000, lastsMs: 270_000 }
const quickStretch = { beforeMs: 30_000, lastsMs: 40_000 }

const options = chaosOptions({
  id: 'B2',
  claim: 'Impossible motion: nothing of it is scored, and it is marked; clean drives are not.',
  control: 'the filter of a usual tracker',
  runs: 10_000,
  of: 'faults',
})
const lots = createLots(options.seed)
const base = await simulateDrives({ seed: options.seed, drives, minutes })
const names = Object.keys(impossibleKinds)
const ofKind = (slow: boolean): string[] => names.filter((name) => (impossibleKinds[name]?.slow ?? false) === slow)
const [quickNames, slowNames] = [ofKind(false), ofKind(true)]

/** A time at which the car drives and goes on driving, so that standing still is no excuse. */
const stretchOf = (drive: (typeof base)[number], slow: boolean): Stretch => {
  const stretch = slow ? slowStretch : quickStretch
  const lastMs = drive.fixes.at(-1)!.tMs
  const speedAt = (n: number): number => drive.fixes[n]?.speedMps ?? 0
  const begins = drive.fixes.filter(
    ({ tMs }, n) =>
      tMs > stretch.beforeMs &&
      tMs < lastMs - stretch.lastsMs &&
      (slow || [0, 2, 4, 6, 8].every((s) => speedAt(n + s) > 4)),
  )
  return { ...stretch, fromMs: lots.pick(begins.length > 0 ? begins : drive.fixes.slice(100)).tMs }
}

const found: Record<string, { cases: number; flagged: number; afterS: number[] }> = {}
const sums = { scored: 0, events: 0, metres: 0 }
for (let n = 0; n < options.runs; n++) {
  const slow = n % slowEvery === 0
  const name = lots.pick(slow ? slowNames : quickNames)
  const drive = lots.pick(base)
  const stretch = stretchOf(drive, slow)
  const fault = impossibleKinds[name]!.make({ drive, other: lots.pick(base), fromMs: stretch.fromMs, lots })
  found[name] ??= { cases: 0, flagged: 0, afterS: [] }
  found[name].cases++
  if (options.control) {
    if (stockFilterFinds(drive, stretch, fault)) found[name].flagged++
    continue
  }
  const judged = await judgeCase(drive, stretch, fault)
  sums.scored += judged.scored
  sums.events += judged.events
  sums.metres += judged.metres
  if (judged.flaggedAfterMs !== null) {
    found[name].flagged++
    found[name].afterS.push(judged.flaggedAfterMs / 1000)
  }
  if (n % 500 === 499) options.say(`${n + 1} faults`)
}

const clean = { motion: 0, flagged: 0 }
for (const drive of options.control ? [] : base) {
  const lastsMs = drive.fixes.at(-1)!.tMs
  const { motion, flagged } = await judgeCase(drive, { fromMs: 0, beforeMs: 0, lastsMs }, {})
  clean.motion += motion
  clean.flagged += flagged
}

const shareOf = (kinds: string[]): number => {
  const total = kinds.reduce((sum, name) => sum + (found[name]?.cases ?? 0), 0)
  return kinds.reduce((sum, name) => sum + (found[name]?.flagged ?? 0), 0) / total
}
const share = { quick: shareOf(quickNames), slow: shareOf(slowNames), clean: clean.flagged / clean.motion }
const nothingScored = sums.scored === 0 && sums.events === 0 && sums.metres === 0
const passed = nothingScored && share.quick >= 0.99 && share.slow >= 0.95 && share.clean <= 0.001
const kinds = Object.fromEntries(
  Object.entries(found).map(([name, { cases, flagged, afterS }]) => {
    const sorted = afterS.sort((a, b) => a - b)
    return [name, { cases, flagged, p50S: sorted[sorted.length >> 1] ?? null, maxS: sorted.at(-1) ?? null }]
  }),
)
verdict('B2', options, passed, { share, ...sums, cleanS: clean.motion / 10, kinds })
