import type { DeviceCare, DeviceGap } from '@fairmile/contract/http/device-care.ts'
import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import { and, desc, eq, lt, or } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { deviceCommands, deviceGaps, deviceWords } from '../db/schema/device-care.ts'
import { devices } from '../db/schema/devices.ts'
import { decodeCursor, numberOf, toPage } from '../http/page.ts'

/** Commands shown of a device, the newest. */
const maxCommandsShown = 20

/** How a device says it is, and what it was told; null where there is no such device. */
export async function deviceCare(db: Database, deviceId: string): Promise<DeviceCare | null> {
  const [device] = await db
    .select({ settings: devices.settings, version: devices.settingsVersion })
    .from(devices)
    .where(eq(devices.id, deviceId))
  if (!device) return null
  const words = await db.select().from(deviceWords).where(eq(deviceWords.deviceId, deviceId))
  const word = (stream: 'state' | 'report') => {
    const found = words.find((one) => one.stream === stream)
    return found ? { receivedAt: found.receivedAt.toISOString(), ...(found.word as object) } : null
  }
  const commands = await db
    .select()
    .from(deviceCommands)
    .where(eq(deviceCommands.deviceId, deviceId))
    .orderBy(desc(deviceCommands.createdAt))
    .limit(maxCommandsShown)
  return {
    state: word('state') as DeviceCare['state'],
    report: word('report') as DeviceCare['report'],
    settings: { version: device.version, ...device.settings },
    commands: commands.map(({ id, command, createdAt, answeredAt, result, detail }) => ({
      id,
      type: command.type,
      createdAt: createdAt.toISOString(),
      answeredAt: answeredAt?.toISOString() ?? null,
      result,
      detail,
    })),
  }
}

/** A page of what a device says it has dropped, the newest first. */
export async function deviceGapPage(
  db: Database,
  deviceId: string,
  { cursor, limit }: PageQuery,
): Promise<Page<DeviceGap>> {
  const after = decodeCursor(cursor, 3)
  const { bootId, lane, firstSeq } = deviceGaps
  const before =
    after &&
    or(
      lt(bootId, numberOf(after[0]!)),
      and(eq(bootId, numberOf(after[0]!)), lt(lane, after[1]!)),
      and(eq(bootId, numberOf(after[0]!)), eq(lane, after[1]!), lt(firstSeq, numberOf(after[2]!))),
    )
  const rows = await db
    .select()
    .from(deviceGaps)
    .where(and(eq(deviceGaps.deviceId, deviceId), before))
    .orderBy(desc(bootId), desc(lane), desc(firstSeq))
    .limit(limit + 1)
  return toPage(rows, {
    limit,
    keyOf: (row) => [String(row.bootId), row.lane, String(row.firstSeq)],
    itemOf: (row) => ({
      boot: row.bootId,
      lane: row.lane,
      firstSeq: row.firstSeq,
      lastSeq: row.lastSeq,
      dropped: row.dropped,
      reason: row.reason,
      droppedAt: row.droppedAt.toISOString(),
      receivedAt: row.receivedAt.toISOString(),
    }),
  })
}
