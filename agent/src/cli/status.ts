import { lanes } from '@fairmile/contract/topics.ts'
import { Command } from 'commander'
import { readConfig } from '../config.ts'
import { readIdentity } from '../keys/identity.ts'
import { type LaneStatus, readOutboxStatus } from '../outbox/read-status.ts'

/** `fairmile-agent status`: what is stored and what is acked, while the agent runs or after. */
export const statusCommand = (): Command =>
  new Command('status')
    .description('tell what is stored and what the cloud has acked, while the agent runs or after')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'before',
      `Examples:
  $ fairmile-agent status
  $ fairmile-agent status --json | jq .lanes.telematics
`,
    )
    .action(({ json }: { json?: true }) => {
      const status = readStatus(readConfig(process.env).dataFolder)
      process.stdout.write(json ? `${JSON.stringify(status)}\n` : describe(status))
    })

/** A lane before the first start. */
const nothing: LaneStatus = { lastSeq: 0, acked: 0, stored: 0, records: 0, batches: 0, bytes: 0, dropped: 0 }

/** What a data folder says of its device; `boot` is null before the first start. */
function readStatus(folder: string) {
  const outbox = readOutboxStatus(folder)
  return {
    device: readIdentity(folder)?.claimed?.deviceId ?? null,
    boot: outbox?.boot ?? null,
    boots: outbox?.boots ?? 0,
    lanes: Object.fromEntries(
      lanes.map((lane) => {
        const { records, ...rest } = outbox?.lanes[lane] ?? nothing
        return [lane, { ...rest, waiting: records }]
      }),
    ),
    /** Bytes an hour that the newest run wrote to the disk; null where it was too short to say. */
    writtenBytesPerHour: outbox?.writtenBytesPerHour ?? null,
    /** Corrupt outbox files that were set aside and are still there. */
    setAside: outbox?.setAside ?? 0,
    calibration: outbox?.calibration ? (JSON.parse(outbox.calibration) as unknown) : null,
  }
}

function describe(status: ReturnType<typeof readStatus>): string {
  const { device, boot, lanes: byLane, calibration, writtenBytesPerHour, setAside } = status
  const lines = [`device   ${device ?? 'not claimed yet'}`, `boot     ${boot ?? 'none yet'}`]
  for (const [lane, { lastSeq, acked, waiting, bytes, dropped }] of Object.entries(byLane))
    lines.push(
      `${lane.padEnd(11)} last ${lastSeq}, acked ${acked}, waiting ${waiting} records of all boots (${Math.ceil(bytes / 1024)} KiB), dropped ${dropped}`,
    )
  const written =
    writtenBytesPerHour === null ? 'not known yet' : `${(writtenBytesPerHour / 1e6).toFixed(1)} MB an hour`
  lines.push(`written     ${written}`)
  if (setAside > 0) lines.push(`set aside   ${setAside} corrupt outbox files; remove them once they were looked into`)
  lines.push(`calibration ${calibration === null ? 'none yet' : JSON.stringify(calibration)}`)
  return `${lines.join('\n')}\n`
}
