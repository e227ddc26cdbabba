import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { StartError } from './errors.ts'

/** Fixes a second that receivers make at most without being told otherwise in their data sheets (u-blox 7 and later). */
const maxFixesHz = 10

const optional = z
  .string()
  .trim()
  .optional()
  .transform((text) => text || null)

const gnss = optional.transform((text, context) => {
  if (text === null || text === 'none') return null
  const match = /^serial:([^@]+)(?:@(\d+))?$/.exec(text)
  if (!match) {
    const expected = 'serial:PATH, serial:PATH@BAUD, serial:auto or none'
    context.addIssue({ code: 'custom', message: `is "${text}", expected ${expected}` })
    return z.NEVER
  }
  return { path: match[1] as string, baud: match[2] ? Number(match[2]) : null }
})

const gnssSetUp = optional.transform((text, context) => {
  if (text === null || text === 'none') return null
  const hz = Number(/^ublox:(\d{1,2})$/.exec(text)?.[1])
  if (hz >= 1 && hz <= maxFixesHz) return hz
  context.addIssue({ code: 'custom', message: `is "${text}", expected ublox:RATE_HZ (1 to ${maxFixesHz}) or none` })
  return z.NEVER
})

const imu = optional.transform((text, context) => {
  if (text === null || text === 'none') return null
  const board = /^board:(.+)$/.exec(text)
  if (board) return { kind: 'board' as const, path: board[1] as string }
  const i2c = /^i2c:(\d+)(?::(0x[0-9a-f]{2}|\d+))?$/i.exec(text)
  if (i2c) return { kind: 'i2c' as const, bus: Number(i2c[1]), address: i2c[2] ? Number(i2c[2]) : null }
  context.addIssue({ code: 'custom', message: `is "${text}", expected board:PATH, i2c:BUS, i2c:BUS:ADDRESS or none` })
  return z.NEVER
})

const address = (schemes: readonly string[]) =>
  optional.transform((text, context) => {
    if (text === null) return null
    const url = URL.canParse(text) ? new URL(text) : null
    if (url && schemes.includes(url.protocol)) return text
    const expected = schemes.map((scheme) => `${scheme}//HOST:PORT`).join(' or ')
    context.addIssue({ code: 'custom', message: `is "${text}", expected ${expected}` })
    return z.NEVER
  })

const timeZone = optional.transform((text, context) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text ?? 'UTC' }).resolvedOptions().timeZone
  } catch {
    context.addIssue({ code: 'custom', message: `is "${text}", expected an IANA name such as Europe/Berlin` })
    return z.NEVER
  }
})

const levels = ['error', 'warn', 'info', 'debug'] as const
/** Ways to tell the driver beside the log. */
const alertSinks = ['screen', 'sound', 'buzzer', 'bell'] as const
const alerts = optional.transform((text, context) => {
  if (text === null) return [...alertSinks]
  if (text === 'none') return []
  const names = text.split(',').map((name) => name.trim())
  const sinks = alertSinks.filter((sink) => names.includes(sink))
  if (names.every((name) => sinks.some((sink) => sink === name))) return sinks
  context.addIssue({ code: 'custom', message: `is "${text}", expected some of ${alertSinks.join(',')}, or none` })
  return z.NEVER
})

/** Where the in-car screen is served unless the settings say otherwise. */
const factoryScreen = { host: '127.0.0.1', port: 8010 }
const screen = optional.transform((text, context) => {
  if (text === 'off') return null
  const match = /^(?:([^:]+|\[[0-9a-f:]+\]):)?(\d{1,5})$/i.exec(text ?? String(factoryScreen.port))
  if (match && Number(match[2]) <= 65_535)
    return { host: match[1]?.replace(/[[\]]/g, '') ?? factoryScreen.host, port: Number(match[2]) }
  context.addIssue({ code: 'custom', message: `is "${text}", expected off, PORT or HOST:PORT` })
  return z.NEVER
})

/** One of some words. */
const oneOf = <const T extends readonly string[]>(words: T, fallback: T[number]) =>
  optional.transform((text, context): T[number] => {
    const word = words.find((known) => known === (text ?? fallback))
    if (word) return word
    context.addIssue({ code: 'custom', message: `is "${text}", expected ${words.join(', ')}` })
    return z.NEVER
  })

/** Ten minutes with the ignition off may be a break; the power is cut after five all the same, as a start goes on with its trip. */
const usualSleepS = 300
const sleepAfter = optional.transform((text, context) => {
  if (text === 'off') return null
  const seconds = text === null ? usualSleepS : Number(text)
  if (Number.isInteger(seconds) && seconds >= 10 && seconds <= 86_400) return seconds
  context.addIssue({ code: 'custom', message: `is "${text}", expected 10 to 86400 seconds, or off` })
  return z.NEVER
})

const schema = z
  .object({
    FAIRMILE_DATA: optional,
    FAIRMILE_CLOUD_URL: address(['http:', 'https:']),
    FAIRMILE_CLAIM_CODE: optional,
    MQTT_URL: address(['mqtt:', 'mqtts:']),
    FAIRMILE_GNSS: gnss,
    FAIRMILE_GNSS_SETUP: gnssSetUp,
    FAIRMILE_IMU: imu,
    FAIRMILE_RECORDING: optional,
    FAIRMILE_MAP: optional,
    FAIRMILE_ALERTS: alerts,
    FAIRMILE_SCREEN: screen,
    FAIRMILE_SCREEN_PAGES: optional,
    FAIRMILE_RAW: oneOf(['off', 'ring', 'on'], 'off'),
    FAIRMILE_UPLINK: oneOf(['metered', 'unmetered'], 'metered'),
    FAIRMILE_SLEEP: sleepAfter,
    FAIRMILE_TIME_ZONE: timeZone,
    FAIRMILE_LOG_LEVEL: oneOf(levels, 'info'),
  })
  .superRefine((env, context) => {
    if (env.FAIRMILE_RECORDING !== null && (env.FAIRMILE_GNSS !== null || env.FAIRMILE_IMU !== null))
      context.addIssue({
        code: 'custom',
        path: ['FAIRMILE_RECORDING'],
        message: 'stands in for FAIRMILE_GNSS and FAIRMILE_IMU: set it or them, not both',
      })
  })
  .transform((env) => ({
    /** Folder of everything the agent keeps. */
    dataFolder: env.FAIRMILE_DATA ?? './data/agent',
    /** HTTP address of the cloud, for the claim; null where it is not set. */
    cloudUrl: env.FAIRMILE_CLOUD_URL,
    claimCode: env.FAIRMILE_CLAIM_CODE,
    /** Broker instead of the one that the claim names. */
    mqttUrl: env.MQTT_URL,
    gnss: env.FAIRMILE_GNSS && { ...env.FAIRMILE_GNSS, ubloxHz: env.FAIRMILE_GNSS_SETUP },
    imu: env.FAIRMILE_IMU,
    /** Folder of a recording instead of sensors. */
    recording: env.FAIRMILE_RECORDING,
    /** Map file that posted limits are looked up in; null for none. */
    map: env.FAIRMILE_MAP,
    /** How the driver is told. */
    alerts: env.FAIRMILE_ALERTS,
    /** Where the in-car screen and the local API are served; null for nowhere. */
    screen: env.FAIRMILE_SCREEN,
    /** Folder of the built in-car page. */
    screenPages: env.FAIRMILE_SCREEN_PAGES ?? fileURLToPath(new URL('../../dashboard/dist/in-car', import.meta.url)),
    /** Whether readings are kept at full rate: not, in a ring for who asks, or to be sent. */
    raw: env.FAIRMILE_RAW,
    /** Whether bytes cost: then raw readings are sent on request alone. */
    uplink: env.FAIRMILE_UPLINK,
    /** Seconds with the ignition off after which a board is told to cut the power; null for never. */
    sleepAfterS: env.FAIRMILE_SLEEP,
    timeZone: env.FAIRMILE_TIME_ZONE,
    logLevel: env.FAIRMILE_LOG_LEVEL,
  }))

/** The agent's settings. */
export type AgentConfig = z.infer<typeof schema>

/**
 * Reads the settings from the environment.
 * @throws {StartError} `bad_config` that lists everything that is wrong, a line each
 */
export function readConfig(env: NodeJS.ProcessEnv): Readonly<AgentConfig> {
  const parsed = schema.safeParse(env)
  if (parsed.success) return Object.freeze(parsed.data)
  const problems = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')} ${message}`)
  throw new StartError('bad_config', `Reading the settings from the environment:\n${problems.join('\n')}`)
}
