import type { CreateDriverBody, Driver } from '@fairmile/contract/http/drivers.ts'
import { sql } from 'drizzle-orm'
import type { FirstPassword } from '../auth/first-password.ts'
import type { Database } from '../db/database.ts'
import { selectRows } from '../db/database.ts'
import { drivers } from '../db/schema/people.ts'
import { transactAgain } from '../db/transact-again.ts'
import { recordDomainEvent } from '../events/outbox.ts'
import { insertUser } from './users.ts'

/** Creates a driver with a log-in and records DriverCreated; null where the e-mail address has a log-in already. */
export function createDriver(
  db: Database,
  { name, email }: Omit<CreateDriverBody, 'password'>,
  first: FirstPassword,
): Promise<Driver | null> {
  return transactAgain(db, async (tx) => {
    const [number] = await selectRows<{ n: string }>(tx, sql`SELECT nextval('driver_numbers')::text AS n`)
    const id = `DRV-${(number?.n ?? '').padStart(4, '0')}`
    const createdAt = new Date()
    await tx.insert(drivers).values({ id, name, createdAt })
    const user = await insertUser(tx, { email, name, role: 'driver', driverId: id }, first)
    if (!user) {
      await tx.delete(drivers).where(sql`${drivers.id} = ${id}`)
      return null
    }
    await recordDomainEvent(tx, { type: 'DriverCreated', subject: id, data: { driverId: id } })
    return { id, name, email, createdAt: createdAt.toISOString(), policies: [] }
  })
}
