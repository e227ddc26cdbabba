/** How soon an alert is on the in-car screen, through the real agent, beside a screen that looks once a second. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ScreenAlert, ScreenState } from '@fairmile/contract/screen.ts'
import { Command } from 'commander'
import { positive } from '../../scripts/chaos/command.ts'
import { startLoneAgent } from '../src/chaos/lone-agent.ts'
import { openDoors } from '../src/doors/doors.ts'
import { startPace } from '../src/doors/pace.ts'
import { driveThroughDoors } from './parts/drive-through-doors.ts'
import { createRepeatedManoeuvres, imuHz } from './parts/repeated-manoeuvres.ts'
import { pairPhone, watchScreen } from './parts/watch-screen.ts'

const options = new Command('alert')
  .description(
    'Time from the sample that decides an alert to the in-car screen, through pseudo-terminals and the real agent.',
  )
  .addHelpText('before', 'Examples:\n  npm run bench -- alert\n  npm run bench -- alert --minutes 1 --json\n')
  .option('--minutes <m>', 'length of the measured drive, in real time', positive, 4)
  .option('--json', 'print only the JSON line')
  .parse()
  .opts<{ minutes: number; json?: boolean }>()

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Ordinary driving in which the agent learns how the box sits: ten minutes, in half a minute. */
const ordinaryS = 600
const ordinaryRate = 20
const measuredS = options.minutes * 60
const limitKmh = 50
/** A screen that looks once a second. */
const lookMs = 1000

const folder = mkdtempSync(join(tmpdir(), 'fairmile-alert-'))
const stop = new AbortController()
const doors = openDoors({ imu: { rateHz: imuHz, rangeG: 16 } })
const env = {
  FAIRMILE_GNSS: `serial:${doors.gnssPath}@115200`,
  FAIRMILE_IMU: `board:${doors.boardPath}`,
  FAIRMILE_MAP: buildMap(),
  FAIRMILE_ALERTS: 'screen',
}
try {
  const next = createRepeatedManoeuvres({ ordinaryS, seed: 1 })
  const learning = startLoneAgent({
    root,
    folder,
    env: { ...env, FAIRMILE_SCREEN: 'off' },
    args: ['--clock-rate', `${ordinaryRate}`],
  })
  await doors.board.connected
  const fast = startPace({ rate: ordinaryRate, durationS: ordinaryS, signal: stop.signal })
  await driveThroughDoors({ doors, pace: fast, next, fromS: 0, lengthS: ordinaryS })
  await learning.stop()
  process.stdout.write(`${JSON.stringify(await measure(next))}\n`)
} finally {
  stop.abort()
  doors.close()
  rmSync(folder, { recursive: true })
}

/** The road under the car, so that the limit is found where it drives. */
function buildMap(): string {
  const next = createRepeatedManoeuvres({ ordinaryS, seed: 1 })
  const coordinates: [number, number][] = []
  for (let n = 0; n < (ordinaryS + measuredS + 10) * imuHz; n++) {
    const { lat, lon } = next()
    if (n % imuHz === 0) coordinates.push([lon, lat])
  }
  const properties = { highway: 'secondary', maxspeed: String(limitKmh), osm_id: '1' }
  const road = { type: 'Feature', properties, geometry: { type: 'LineString', coordinates } }
  const [file, map] = [join(folder, 'road.geojson'), join(folder, 'road.sqlite')]
  writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: [road] }))
  execFileSync(process.execPath, [join(root, 'agent/bin/fairmile-agent.mjs'), 'maps', 'build', file, map])
  return map
}

async function measure(next: ReturnType<typeof createRepeatedManoeuvres>) {
  const agent = startLoneAgent({ root, folder, env: { ...env, FAIRMILE_SCREEN: '127.0.0.1:0' } })
  const { url } = JSON.parse(await agent.said('the in-car screen is here')) as { url: string }
  const seen = new Map<string, { kind: string; ms: number }>()
  const looked = new Map<string, number>()
  let newest: ScreenState | null = null
  let pace = startPace({ rate: 1, durationS: 0, signal: stop.signal })
  let showCode = (_code: string): void => {}
  const keyOf = ({ eventId, band }: ScreenAlert): string => `${eventId} ${band}`
  const since = ({ at }: ScreenAlert): number => pace.utcMs(pace.now()) - at
  watchScreen(
    url,
    (state) => {
      newest = state
      const { alert, pairing } = state
      if (pairing) showCode(pairing.code)
      if (alert && !seen.has(keyOf(alert))) seen.set(keyOf(alert), { kind: alert.kind, ms: since(alert) })
    },
    stop.signal,
  ).catch(() => {}) // ends with the signal
  const look = setInterval(() => {
    const alert = newest?.alert
    if (alert && !looked.has(keyOf(alert))) looked.set(keyOf(alert), since(alert))
  }, lookMs)
  const report = await pairPhone(
    url,
    () =>
      new Promise((resolve) => {
        showCode = resolve
      }),
  )
  let reported: Promise<void> = Promise.resolve()
  pace = startPace({ rate: 1, durationS: 0, signal: stop.signal })
  await driveThroughDoors({
    doors,
    pace,
    next,
    fromS: ordinaryS,
    lengthS: measuredS,
    onMoment({ phoneInHand }) {
      reported = report({ handling: phoneInHand, screenOn: phoneInHand, call: 'none' })
    },
  })
  await reported
  clearInterval(look)
  await agent.stop()
  return figures([...seen.values()], [...looked.values()])
}

function figures(seen: readonly { kind: string; ms: number }[], looked: readonly number[]) {
  if (seen.length === 0) throw new Error('Measuring alerts: the agent told of none in the whole drive')
  const kinds = [...new Set(seen.map(({ kind }) => kind))].sort()
  const byKind = Object.fromEntries(
    kinds.map((kind) => {
      const all = seen.filter((one) => one.kind === kind).map(({ ms }) => ms)
      return [kind, { alerts: all.length, p50Ms: quantile(all, 0.5), maxMs: quantile(all, 1) }]
    }),
  )
  if (!options.json)
    for (const [kind, { alerts, p50Ms, maxMs }] of Object.entries(byKind))
      process.stdout.write(`${kind.padEnd(20)} ${alerts} alerts, p50 ${p50Ms} ms, longest ${maxMs} ms\n`)
  const all = seen.map(({ ms }) => ms)
  const [ours, reference] = [quantile(all, 0.99), quantile(looked, 0.99)]
  return {
    bench: 'alert',
    unit: 'ms from the sample that decides to the screen, p99',
    ours,
    reference,
    ratio: Number((reference / ours).toFixed(1)),
    p50Ms: quantile(all, 0.5),
    alerts: seen.length,
    within200Ms: all.filter((ms) => ms <= 200).length,
    byKind,
    driveS: measuredS,
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return Number((sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN).toFixed(1))
}
