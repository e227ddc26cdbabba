import type { Driver } from '@fairmile/contract/http/drivers.ts'
import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import type { Policy } from '@fairmile/contract/http/policies.ts'
import { asc, eq, gt, inArray } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { drivers, policies, users, vehicles } from '../db/schema/people.ts'
import { decodeCursor, toPage } from '../http/page.ts'

const driverColumns = { id: drivers.id, name: drivers.name, email: users.email, createdAt: drivers.createdAt }

/** One driver with their policies; null where there is none. */
export async function getDriver(db: Database, id: string): Promise<Driver | null> {
  const [row] = await db
    .select(driverColumns)
    .from(drivers)
    .innerJoin(users, eq(users.driverId, drivers.id))
    .where(eq(drivers.id, id))
  if (!row) return null
  const found = await policiesOf(db, [id])
  return { ...row, createdAt: row.createdAt.toISOString(), policies: found.get(id) ?? [] }
}

/** A page of drivers in order of their ids. */
export async function listDrivers(db: Database, { cursor, limit }: PageQuery): Promise<Page<Driver>> {
  const [after] = decodeCursor(cursor, 1) ?? []
  const rows = await db
    .select(driverColumns)
    .from(drivers)
    .innerJoin(users, eq(users.driverId, drivers.id))
    .where(after === undefined ? undefined : gt(drivers.id, after))
    .orderBy(asc(drivers.id))
    .limit(limit + 1)
  const found = await policiesOf(
    db,
    rows.map(({ id }) => id),
  )
  return toPage(rows, {
    limit,
    keyOf: ({ id }) => [id],
    itemOf: (row) => ({ ...row, createdAt: row.createdAt.toISOString(), policies: found.get(row.id) ?? [] }),
  })
}

async function policiesOf(db: Database, driverIds: string[]): Promise<Map<string, Policy[]>> {
  const found = new Map<string, Policy[]>()
  if (driverIds.length === 0) return found
  const rows = await db
    .select({
      id: policies.id,
      driverId: policies.driverId,
      vehicle: { id: vehicles.id, name: vehicles.name },
      planId: policies.planId,
      startsOn: policies.startsOn,
      endsOn: policies.endsOn,
      rated: policies.rated,
      state: policies.state,
    })
    .from(policies)
    .innerJoin(vehicles, eq(vehicles.id, policies.vehicleId))
    .where(inArray(policies.driverId, driverIds))
    .orderBy(asc(policies.startsOn), asc(policies.id))
  for (const row of rows) {
    const own = found.get(row.driverId)
    if (own) own.push(row)
    else found.set(row.driverId, [row])
  }
  return found
}
