import { Command, InvalidArgumentError } from 'commander'
import { readConfig } from '../config.ts'
import { createLog } from '../log.ts'
import { runAgent } from '../main.ts'

interface Options {
  clockRate: number
  once?: true
  record?: string
  forgetMount?: true
}

/** `fairmile-agent run`: the agent itself, until a signal or, with `--once`, until all is acked. */
export const runCommand = (): Command =>
  new Command('run')
    .description('sense, keep and tell, until stopped')
    .option('--clock-rate <n>', 'run the clocks n times faster, for a recording played that fast', rate, 1)
    .option('--once', 'end when the source has ended (or the ignition is off) and the cloud has acked everything')
    .option('--record <folder>', 'also write the readings as a recording')
    .option('--forget-mount', 'find the mount anew: the box was moved, or is in another car')
    .addHelpText(
      'before',
      `Examples:
  $ FAIRMILE_GNSS=serial:/dev/serial0 FAIRMILE_IMU=i2c:1 fairmile-agent run
  $ FAIRMILE_RECORDING=drives/monday fairmile-agent run --once --clock-rate 10
`,
    )
    .addHelpText(
      'after',
      `
Environment:
  FAIRMILE_DATA        folder of what the agent keeps (default ./data/agent)
  FAIRMILE_CLOUD_URL   HTTP address of the cloud, for the first start
  FAIRMILE_CLAIM_CODE  code of an admin that makes this device known, for the first start
  MQTT_URL             broker, mqtt:// or mqtts:// (default: the one that the cloud named)
  FAIRMILE_GNSS        serial:PATH[@BAUD] or serial:auto (by name in /dev/serial/by-id) or none; without BAUD it is found
  FAIRMILE_GNSS_SETUP  ublox:RATE_HZ sets up a u-blox receiver, 1 to 10 fixes a second (default: it is left as it is)
  FAIRMILE_IMU         board:PATH, i2c:BUS[:ADDRESS] or none
  FAIRMILE_RECORDING   folder of a recording in place of both
  FAIRMILE_MAP         map for posted speed limits, made by fairmile-agent maps build (default: limits are unknown)
  FAIRMILE_SCREEN      in-car screen and local API: PORT or HOST:PORT (default 127.0.0.1:8010), or off
  FAIRMILE_SCREEN_PAGES  folder of the built in-car page (default: the one of this repository)
  FAIRMILE_ALERTS      how the driver is told: some of screen,sound,buzzer,bell (default: all), or none
  FAIRMILE_RAW         readings at full rate: off (default), ring (the newest, sent on request) or on
  FAIRMILE_UPLINK      metered (default) or unmetered: raw readings go by themselves over an unmetered link alone
  FAIRMILE_SLEEP       seconds with the ignition off before the board is told to cut the power (default 300), or off
  FAIRMILE_TIME_ZONE   IANA name, for the local hours of trips (default UTC)
  FAIRMILE_LOG_LEVEL   error, warn, info (default) or debug`,
    )
    .action(async ({ clockRate, once, record, forgetMount }: Options) => {
      const config = readConfig(process.env)
      const log = createLog({ level: config.logLevel })
      const stop = new AbortController()
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort())
      try {
        await runAgent({
          config,
          clockRate,
          once: once === true,
          recordFolder: record ?? null,
          forgetMount: forgetMount === true,
          signal: stop.signal,
          log,
        })
      } catch (error) {
        // Stopped while it waited for the cloud: that is no failure.
        if (!stop.signal.aborted) throw error
      }
    })

function rate(text: string): number {
  const value = Number(text)
  if (value >= 0.1 && value <= 1000) return value
  throw new InvalidArgumentError('expected a number from 0.1 to 1000.')
}
