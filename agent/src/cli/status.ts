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
const nothing: LaneStatus = { lastSeq: 0, acked: 0, stored: 0, records: 0, batches: 0 }

/** What a data folder says of its device; `boot` is null before the first start. */
function readStatus(folder: string) {
  const outbox = readOutboxStatus(folder)
  return {
    device: readIdentity(folder)?.claimed?.deviceId ?? null,
    boot: outbox?.boot ?? null,
    boots: outbox?.boots ?? 0,
    lanes: Object.fromEntries(
      lanes.map((lane) => {
        const { lastSeq, acked, stored, records, batches } = outbox?.lanes[lane] ?? nothing
        return [lane, { lastSeq, acked, waiting: records, batches, stored }]
      }),
    ),
    calibration: outbox?.calibration ? (JSON.parse(outbox.calibration) as unknown) : null,
  }
}

function describe({ device, boot, lanes: byLane, calibration }: ReturnType<typeof readStatus>): string {
  const lines = [`device   ${device ?? 'not claimed yet'}`, `boot     ${boot ?? 'none yet'}`]
  for (const [lane, { lastSeq, acked, waiting }] of Object.entries(byLane))
    lines.push(`${lane.padEnd(11)} last ${lastSeq}, acked ${acked}, waiting ${waiting} records of all boots`)
  lines.push(`calibration ${calibration === null ? 'none yet' : JSON.stringify(calibration)}`)
  return `${lines.join('\n')}\n`
}
