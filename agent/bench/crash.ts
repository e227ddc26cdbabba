/** How many simulated crashes are found, how many false alarms the road gives, and how soon an alarm is durable. */
import { Command } from 'commander'
import { timeCommits } from './parts/crash-commit.ts'
import { judgeDrives, judgeRecording, judgeScenes } from './parts/crash-streams.ts'
import { recordedDrives } from './parts/simulated-drive.ts'

const rates = [50, 100, 200]
/** Crashes that are committed to a real outbox. */
const committed = 20

const options = new Command('crash')
  .description('simulated crashes at 50, 100 and 200 Hz, simulated kilometres full of mishaps, and the recorded drives')
  .option('--json', 'print only the JSON line')
  .option('--scenes <n>', 'crashes at each rate', Number, 200)
  .option('--km <km>', 'kilometres without a crash', Number, 300)
  .option('--seed <n>', 'seed of everything drawn', Number, 1)
  .parse()
  .opts<{ json?: boolean; scenes: number; km: number; seed: number }>()

const round = (value: number): number => Number(value.toFixed(1))
const share = (part: number, whole: number): number => Number((part / whole).toFixed(4))
const quantile = (values: readonly number[], q: number): number | null => {
  const sorted = values.toSorted((a, b) => a - b)
  const value = sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]
  return value === undefined ? null : Number(value.toFixed(3))
}
const say = (text: string): void => {
  if (!options.json) process.stdout.write(`${text}\n`)
}

const times = await timeCommits(options.seed, committed)
const durableMs = Object.fromEntries(
  Object.entries(times).map(([what, ms]) => [
    what,
    { first: round(ms[0] ?? Number.NaN), p50: quantile(ms, 0.5), max: quantile(ms, 1) },
  ]),
)
say(`durable after the reading that made it sure: ${JSON.stringify(durableMs)} ms`)

const byRate: Record<string, object> = {}
const all = { n: 0, found: 0, plainFound: 0, early: 0, plainEarly: 0, delaysMs: [] as number[], ratios: [] as number[] }
for (const rateHz of rates) {
  const scenes = await judgeScenes(options.seed, options.scenes, rateHz)
  const { n, found, plainFound, early, plainEarly, saturated } = scenes
  byRate[rateHz] = { n, found, reference: plainFound, early, referenceEarly: plainEarly, saturated }
  all.n += n
  all.found += found
  all.plainFound += plainFound
  all.early += early
  all.plainEarly += plainEarly
  all.delaysMs.push(...scenes.delaysMs)
  all.ratios.push(...scenes.deltaVRatios)
  say(
    `${rateHz} Hz: ${found} of ${n} crashes found (a plain 2.5 g: ${plainFound}), ${early} alarms before (${plainEarly})`,
  )
}
const drives = await judgeDrives(options.seed, options.km)
say(
  `${Math.round(drives.km)} km with ${Object.entries(drives.mishaps)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ')}: ${drives.falseAlarms} false alarms (a plain 2.5 g: ${drives.plainFalseAlarms})`,
)
const recorded = []
for (const folder of recordedDrives()) recorded.push(await judgeRecording(folder))
if (recorded.length === 0) say('the recorded drives are absent: set FAIRMILE_SHARED to judge them too')
for (const { id, judged, falseAlarms } of recorded)
  say(
    `${id}: ${judged ? `${falseAlarms} false alarms` : 'cannot be judged: its IMU is absent or too slow to show a crash'}`,
  )

const ours = share(all.found, all.n)
const reference = share(all.plainFound, all.n)
process.stdout.write(
  `${JSON.stringify({
    bench: 'crash',
    unit: 'share of crashes found',
    ours,
    reference,
    ratio: share(ours, reference),
    crashes: all.n,
    byRate,
    falseAlarms: drives.falseAlarms + all.early,
    referenceFalseAlarms: drives.plainFalseAlarms + all.plainEarly,
    km: Math.round(drives.km),
    hours: Number(drives.hours.toFixed(1)),
    mishaps: drives.mishaps,
    dismissed: drives.dismissed,
    recorded,
    durableMs,
    alarmAfterMs: { p50: quantile(all.delaysMs, 0.5), p99: quantile(all.delaysMs, 0.99) },
    deltaVRatio: { p05: quantile(all.ratios, 0.05), p50: quantile(all.ratios, 0.5), p95: quantile(all.ratios, 0.95) },
  })}\n`,
)
