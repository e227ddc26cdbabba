import { join } from 'node:path'
import type { Doors } from '../doors/doors.ts'
import { type Child, startChild } from './child.ts'

/** Serial speed of most receivers; a pseudo-terminal does not mind. */
const GNSS_BAUD = 9600

/** Starts the agent on the two ports of the car. @param options `claimCode` for its first start */
export function startAgent(options: {
  root: string
  dataDir: string
  doors: Doors
  hasGps: boolean
  cloudUrl: string
  mqttUrl: string
  claimCode: string | null
  clockRate: number
  /** Port of the in-car screen; null for none. */
  screenPort: number | null
  /** The box is in another car than the last time. */
  moved: boolean
}): Child {
  const { doors } = options
  return startChild({
    name: 'agent',
    args: [
      join(options.root, 'agent/bin/fairmile-agent.mjs'),
      'run',
      ...(options.clockRate === 1 ? [] : ['--clock-rate', String(options.clockRate)]),
      ...(options.moved ? ['--forget-mount'] : []),
    ],
    env: {
      FAIRMILE_DATA: join(options.dataDir, 'agent'),
      FAIRMILE_CLOUD_URL: options.cloudUrl,
      MQTT_URL: options.mqttUrl,
      FAIRMILE_GNSS: options.hasGps ? `serial:${doors.gnssPath}@${GNSS_BAUD}` : 'none',
      FAIRMILE_IMU: `board:${doors.boardPath}`,
      FAIRMILE_SCREEN: String(options.screenPort ?? 'off'),
      // A demonstration is seen, not heard.
      FAIRMILE_ALERTS: 'screen',
      FAIRMILE_TIME_ZONE: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ...(options.claimCode === null ? {} : { FAIRMILE_CLAIM_CODE: options.claimCode }),
    },
    logFile: join(options.dataDir, 'logs/agent.log'),
  })
}
