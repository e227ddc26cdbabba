import type { Device } from '@fairmile/contract/http/devices.ts'
import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import { and, asc, eq, gt, gte, inArray, lte } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { devices } from '../db/schema/devices.ts'
import { policies, vehicles } from '../db/schema/people.ts'
import { decodeCursor, toPage } from '../http/page.ts'

/** A page of devices in order of their ids, each with its vehicle and the driver who is covered today. */
export async function listDevices(
  db: Database,
  { cursor, limit }: PageQuery,
  { nowMs = Date.now() } = {},
): Promise<Page<Device>> {
  const [after] = decodeCursor(cursor, 1) ?? []
  const rows = await db
    .select({
      id: devices.id,
      vehicle: { id: vehicles.id, name: vehicles.name },
      claimedAt: devices.claimedAt,
      lastSeenAt: devices.lastSeenAt,
    })
    .from(devices)
    .innerJoin(vehicles, eq(vehicles.id, devices.vehicleId))
    .where(after === undefined ? undefined : gt(devices.id, after))
    .orderBy(asc(devices.id))
    .limit(limit + 1)
  const vehicleIds = rows.map(({ vehicle }) => vehicle.id)
  const drivers = await driversOf(db, vehicleIds, new Date(nowMs).toISOString().slice(0, 10))
  return toPage(rows, {
    limit,
    keyOf: ({ id }) => [id],
    itemOf: ({ id, vehicle, claimedAt, lastSeenAt }) => ({
      id,
      vehicle,
      driverId: drivers.get(vehicle.id) ?? null,
      claimedAt: claimedAt?.toISOString() ?? null,
      lastSeenAt: lastSeenAt?.toISOString() ?? null,
    }),
  })
}

async function driversOf(db: Database, vehicleIds: string[], day: string): Promise<Map<string, string>> {
  if (vehicleIds.length === 0) return new Map()
  const covering = await db
    .select({ vehicleId: policies.vehicleId, driverId: policies.driverId })
    .from(policies)
    .where(and(inArray(policies.vehicleId, vehicleIds), lte(policies.startsOn, day), gte(policies.endsOn, day)))
    .orderBy(asc(policies.startsOn), asc(policies.id))
  return new Map(covering.map(({ vehicleId, driverId }) => [vehicleId, driverId]))
}
