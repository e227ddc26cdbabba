import { and, inArray, lt } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { notificationDeliveries } from '../db/schema/notification-deliveries.ts'

/** Days that settled deliveries are kept with their tries; those that were given up are kept longer, to be replayed. */
const keepDays = { settled: 30, dead: 90 } as const

/** Removes deliveries that were settled long ago. */
export async function retainDeliveries(db: Database, nowMs: number): Promise<{ removedDeliveries: number }> {
  const { id, state, settledAt } = notificationDeliveries
  const remove = (states: ('sent' | 'dropped' | 'dead')[], days: number) =>
    db
      .delete(notificationDeliveries)
      .where(and(inArray(state, states), lt(settledAt, new Date(nowMs - days * 86_400_000))))
      .returning({ id })
  const settled = await remove(['sent', 'dropped'], keepDays.settled)
  const dead = await remove(['dead'], keepDays.dead)
  return { removedDeliveries: settled.length + dead.length }
}
