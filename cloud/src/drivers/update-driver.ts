import type { Driver, UpdateDriverBody } from '@fairmile/contract/http/drivers.ts'
import { eq } from 'drizzle-orm'
import { knownTo } from '../auth/hands.ts'
import { voidPasswordLink } from '../auth/password-links.ts'
import type { Database } from '../db/database.ts'
import { drivers, users } from '../db/schema/people.ts'
import { transactAgain } from '../db/transact-again.ts'
import { recordDomainEvent } from '../events/outbox.ts'
import { getDriver } from './queries.ts'

/**
 * Changes a driver's data and records DriverUpdated with the names of what changed; what is the same already changes nothing.
 *
 * A password link to the address before is worth nothing then, and who may have chosen the new one is kept.
 *
 * @param change.by the user who changes it
 * @param check looks at the driver before the change, which nobody else changes meanwhile; nothing is changed where it throws
 * @returns `unknown` where there is no such driver, `taken` where the e-mail address is another's log-in
 */
export function updateDriver(
  db: Database,
  driverId: string,
  { name, email, by }: UpdateDriverBody & { by: string },
  check?: (before: Driver) => void,
): Promise<'changed' | 'same' | 'unknown' | 'taken'> {
  return transactAgain(db, async (tx) => {
    const [before] = await tx
      .select({ name: drivers.name, email: users.email, userId: users.id, passwordHash: users.passwordHash })
      .from(drivers)
      .innerJoin(users, eq(users.driverId, drivers.id))
      .where(eq(drivers.id, driverId))
      .for('update')
    if (!before) return 'unknown'
    const asRead = check && (await getDriver(tx, driverId))
    if (asRead) check(asRead)
    const renamed = name !== undefined && name !== before.name
    const moved = email !== undefined && email !== before.email
    if (!renamed && !moved) return 'same'
    if (moved) {
      const [other] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email))
      if (other) return 'taken'
    }
    if (renamed) await tx.update(drivers).set({ name }).where(eq(drivers.id, driverId))
    const emailSetBy = before.passwordHash === null ? [] : await knownTo(tx, by, before.userId)
    await tx
      .update(users)
      .set({ ...(renamed && { name }), ...(moved && { email, emailSetBy }) })
      .where(eq(users.driverId, driverId))
    if (moved) await voidPasswordLink(tx, before.userId)
    const changed = [...(renamed ? (['name'] as const) : []), ...(moved ? (['email'] as const) : [])]
    await recordDomainEvent(tx, { type: 'DriverUpdated', subject: driverId, data: { driverId, changed } })
    return 'changed'
  })
}
