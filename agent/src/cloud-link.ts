import type { DeviceCommand, DeviceReport, DeviceSettings } from '@fairmile/contract/device-messages.ts'
import { after, type Clock } from './clock.ts'
import type { Enrolled } from './keys/enrol.ts'
import { credentialsOf } from './keys/identity.ts'
import type { LeveledLog } from './log.ts'
import type { Outbox } from './outbox/outbox.ts'
import { setAsideFiles } from './outbox/set-aside.ts'
import type { Wear } from './outbox/wear.ts'
import { createWanted, type Wanted } from './raw/wanted.ts'
import { type CommandHandler, createRemote } from './remote/remote.ts'
import { createSync, type Sync } from './sync/sync.ts'

/** What the settings say of the line to the cloud. */
interface LinkSettings {
  dataFolder: string
  /** Broker instead of the one that the claim names. */
  mqttUrl: string | null
  raw: 'off' | 'ring' | 'on'
  uplink: 'metered' | 'unmetered'
  timeZone: string
  logLevel: string
}

export interface CloudLinkOptions {
  config: Readonly<LinkSettings>
  device: Enrolled
  agentVersion: string
  outbox: Outbox
  wear: Wear
  /** Has the agent examine itself; the report goes its own way. */
  examine: () => Promise<DeviceReport>
  clock: Clock
  log: LeveledLog
}

/** The agent's end of the line to the cloud. */
export interface CloudLink {
  sync: Sync
  /** The local hours of trips: the settings', or those that the cloud asked for before this start. */
  timeZone: string
}

/** Joins the sync with what the cloud asks for: settings, and raw readings. */
export function createCloudLink(options: CloudLinkOptions): CloudLink {
  const { config, device, outbox, wear, clock, log } = options
  const wanted = createWanted({ outbox, sendsAll: config.raw === 'on' && config.uplink === 'unmetered' })
  let { timeZone } = config
  const remote = createRemote({
    outbox,
    apply(settings) {
      timeZone = zoneOf(settings) ?? timeZone
      log.level = settings.logLevel ?? config.logLevel
    },
    commands: { send_raw: sendRaw(config, outbox, wanted), doctor: () => options.examine().then(inShort) },
    changed: () => sync.tellState(),
    log,
  })
  const sync = createSync({
    url: config.mqttUrl ?? device.claimed.mqttUrl,
    credentials: credentialsOf(device),
    agentVersion: options.agentVersion,
    outbox,
    stretches: wanted.stretches,
    remote,
    outboxState() {
      const { telematics, raw } = outbox.counters().dropped
      const setAside = setAsideFiles(config.dataFolder).length
      return { writtenBytesPerHour: wear.bytesPerHour(), dropped: { telematics, raw }, setAside }
    },
    wallMs: clock.wallMs,
    after,
    random: Math.random,
    log,
  })
  return { sync, timeZone }
}

const inShort = ({ findings }: DeviceReport): string => {
  const bad = findings.filter(({ result }) => result === 'failed' || result === 'warning')
  return bad.length === 0 ? 'all is well' : bad.map(({ name, result }) => `${name} ${result}`).join(', ')
}

/** @throws {Error} for a zone that there is not */
function zoneOf({ timeZone }: DeviceSettings): string | null {
  if (timeZone === undefined) return null
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
  } catch (cause) {
    throw new Error(`timeZone is "${timeZone}", expected an IANA name such as Europe/Berlin`, { cause })
  }
}

const sendRaw =
  ({ raw }: LinkSettings, outbox: Outbox, wanted: Wanted): CommandHandler =>
  ({ from, to }: DeviceCommand) => {
    if (from === undefined || to === undefined || from > to)
      throw new Error('a stretch is needed: from and to, UTC epoch milliseconds')
    if (raw === 'off' && outbox.waiting('raw').records === 0)
      throw new Error('no raw readings are kept: set FAIRMILE_RAW to ring or on')
    wanted.add({ from, to })
    outbox.seal('raw')
    return 'what there is of the stretch is on its way'
  }
