import type { DrivingEvent } from '@fairmile/contract/driving-event.ts'
import { metresPerDegree } from '@fairmile/models/contests/place.ts'
import { and, gte, lte, sql } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { limitCorrections } from '../db/schema/contests.ts'

/** Has an event of speeding that came late judged by the true limit of its place, where one was corrected. */
export async function touchLimits(tx: Database, { kind, lat, lon }: DrivingEvent): Promise<void> {
  if (kind !== 'speeding' || lat === null || lon === null) return
  const reach = 2_000 / metresPerDegree
  const { lat: of, lon: at } = limitCorrections
  await tx
    .update(limitCorrections)
    .set({ due: true, judgedTo: null, touched: sql`${limitCorrections.touched} + 1` })
    .where(and(gte(of, lat - reach), lte(of, lat + reach), sql`abs(${at} - ${lon}) * cos(radians(${lat})) <= ${reach}`))
}
