import type { DeviceReport } from '@fairmile/contract/device-messages.ts'
import about from '../../package.json' with { type: 'json' }
import { buildMs, type Clock } from '../clock.ts'
import { examine, type Finding, type Found } from './check.ts'
import { checkMap } from './check-map.ts'
import { checkModel } from './check-model.ts'
import { checkSound } from './check-sound.ts'
import { checkWear } from './check-wear.ts'
import { checkDisk, checkIdentity, checkScreen } from './computer.ts'
import { type Feed, hear } from './hear.ts'
import { judgeClock } from './judge-clock.ts'
import { judgeGnss } from './judge-gnss.ts'
import { judgeImu } from './judge-imu.ts'
import { ntpSynchronized } from './ntp-synchronized.ts'

/** What is examined, by the settings. */
export interface Examined {
  dataFolder: string
  map: string | null
  alerts: readonly string[]
  screen: { host: string; port: number } | null
  screenPages: string
  /** What the sensors are called; null where none is set. */
  gnss: string | null
  imu: string | null
  /** The receiver's baud rate is not known yet. @default false */
  huntsBaud?: boolean
  /** Lets the sensors be heard. */
  feed: Feed
  /** Bytes an hour that the agent writes to the disk; null while that is not known. */
  writtenBytesPerHour: () => number | null
  /** Looks at the broker. */
  cloud: () => Promise<Found>
  /** Examines more of the IMU than what it tells at rest. */
  imuTest?: () => Promise<Found>
  clock: Clock
}

/** Looks at everything that a device needs, in about six seconds; nothing that is in use is opened. */
export async function examineAll(examined: Examined): Promise<DeviceReport> {
  const { clock, dataFolder } = examined
  const [heard, cloud, model, ntp] = await Promise.all([
    hear(examined.feed, { ...clock, huntsBaud: examined.huntsBaud === true }),
    examine('cloud', examined.cloud),
    examine('model', () => checkModel()),
    ntpSynchronized(),
  ])
  const { newest, clockLagMs: lagMs } = heard
  const place = newest?.lat != null && newest.lon !== null ? { lat: newest.lat, lon: newest.lon } : null
  const unset = (name: string): Finding => ({
    name,
    result: 'skipped',
    detail: `none is set: FAIRMILE_${name.toUpperCase()} names one`,
  })
  const { gnss, imu, imuTest } = examined
  const findings = [
    gnss === null ? unset('gnss') : await examine('gnss', () => judgeGnss(heard, gnss)),
    ...(imu === null ? [unset('imu')] : judgeImu(heard, imu)),
    ...(imuTest && heard.samples > 0 ? [await examine('imu test', imuTest)] : []),
    await examine('clock', () => judgeClock({ nowMs: clock.wallMs(), buildMs, lagMs, ntp })),
    await examine('disk', () => checkDisk(dataFolder)),
    await examine('wear', () => checkWear(dataFolder, examined.writtenBytesPerHour())),
    await examine('keys', () => checkIdentity(dataFolder)),
    cloud,
    model,
    await examine('map', () => checkMap(examined.map, clock.wallMs(), place)),
    await examine('screen', () => checkScreen(examined.screen, examined.screenPages)),
    ...(examined.alerts.includes('sound')
      ? [await examine('sound', () => checkSound({ path: process.env.PATH ?? '' }))]
      : []),
  ]
  return {
    at: Math.round(clock.wallMs()),
    agentVersion: about.version,
    ok: findings.every(({ result }) => result !== 'failed'),
    findings,
    figures: {
      imuHz: Number.isFinite(heard.imuHz) ? Math.round(heard.imuHz) : null,
      writtenBytesPerHour: examined.writtenBytesPerHour(),
      batteryMv: heard.board?.batteryMv ?? null,
      clockLagMs: lagMs === null ? null : Math.round(lagMs),
      rssMb: Math.round(process.memoryUsage.rss() / 1024 ** 2),
      upS: Math.round(process.uptime()),
    },
  }
}
