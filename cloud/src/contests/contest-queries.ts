import { pendingStates } from '@fairmile/contract/contest.ts'
import type { Contest, ContestQuery, ContestRuling } from '@fairmile/contract/http/contests.ts'
import type { Page, PageQuery } from '@fairmile/contract/http/page.ts'
import { and, asc, desc, eq, gt, inArray, lt, or, type SQL } from 'drizzle-orm'
import type { Database } from '../db/database.ts'
import { contestRulingRows, contests } from '../db/schema/contests.ts'
import { policies } from '../db/schema/people.ts'
import { drivingEvents } from '../db/schema/trips.ts'
import { decodeCursor, momentOf, toPage } from '../http/page.ts'
import type { ContestRow } from './settle-contest.ts'

/** Who reads: drivers are told what settled a contest, and nothing of another's policy; admins every word on it and whose it was. */
export type Reader = 'admin' | 'driver'

/** A contest's row; null where there is none. */
export async function contestRow(db: Database, id: string): Promise<ContestRow | null> {
  const [row] = await db.select().from(contests).where(eq(contests.id, id))
  return row ?? null
}

/** A contest as it is told; null where there is none. */
export async function contestOf(db: Database, id: string, reader: Reader): Promise<Contest | null> {
  const [contest] = await told(db, await read(db, eq(contests.id, id)).limit(1), reader)
  return contest ?? null
}

/** The newest contest of an event, or of those the newest of one driver, without what was contested and taken back for them; null where there is none. */
export async function contestOfEvent(
  db: Database,
  { eventId, driverId }: { eventId: string; driverId?: string | null },
  reader: Reader,
): Promise<Contest | null> {
  const whose =
    driverId === undefined ? undefined : and(eq(contests.driverId, driverId ?? ''), eq(contests.undone, false))
  const newest = read(db, and(eq(contests.eventId, eventId), whose)).orderBy(desc(contests.openedAt), desc(contests.id))
  const [contest] = await told(db, await newest.limit(1), reader)
  return contest ?? null
}

/** A page of a driver's contests, the newest first. */
export async function contestsOfDriver(
  db: Database,
  driverId: string,
  { cursor, limit, reader }: PageQuery & { reader: Reader },
): Promise<Page<Contest>> {
  const after = decodeCursor(cursor, 2)
  const at = after && momentOf(after[0])
  const { openedAt, id } = contests
  const later = after && at && or(lt(openedAt, at), and(eq(openedAt, at), lt(id, after[1] ?? '')))
  const rows = await read(db, and(eq(contests.driverId, driverId), later))
    .orderBy(desc(openedAt), desc(id))
    .limit(limit + 1)
  return pageOf(db, rows, { limit, reader, keyOf: ({ openedAt: opened, id: of }) => [opened.toISOString(), of] })
}

/** A page of contests of a state, what is due first at the top. */
export async function contestQueue(db: Database, { cursor, limit, state }: ContestQuery): Promise<Page<Contest>> {
  const after = decodeCursor(cursor, 2)
  const at = after && momentOf(after[0])
  const { ruleBy, id } = contests
  const later = after && at && or(gt(ruleBy, at), and(eq(ruleBy, at), gt(id, after[1] ?? '')))
  const is = state === 'pending' ? inArray(contests.state, [...pendingStates]) : eq(contests.state, state)
  const rows = await read(db, and(is, later))
    .orderBy(asc(ruleBy), asc(id))
    .limit(limit + 1)
  return pageOf(db, rows, { limit, reader: 'admin', keyOf: ({ ruleBy: due, id: of }) => [due.toISOString(), of] })
}

/** With whom the policy insures that pays for the trip. */
type Row = { contest: ContestRow; event: typeof drivingEvents.$inferSelect; insured: string | null }

const read = (db: Database, which: SQL | undefined) =>
  db
    .select({ contest: contests, event: drivingEvents, insured: policies.driverId })
    .from(contests)
    .innerJoin(drivingEvents, eq(drivingEvents.id, contests.eventId))
    .leftJoin(policies, eq(policies.id, contests.policyId))
    .where(which)
    .$dynamic()

async function pageOf(
  db: Database,
  rows: Row[],
  { limit, reader, keyOf }: { limit: number; reader: Reader; keyOf: (contest: ContestRow) => string[] },
): Promise<Page<Contest>> {
  const page = toPage(rows, { limit, keyOf: ({ contest }) => keyOf(contest), itemOf: (row) => row })
  return { ...page, items: await told(db, page.items, reader) }
}

async function told(db: Database, rows: Row[], reader: Reader): Promise<Contest[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ contest }) => contest.id)
  const { contestId, number } = contestRulingRows
  const words = await db
    .select()
    .from(contestRulingRows)
    .where(inArray(contestId, ids))
    .orderBy(asc(contestId), asc(number))
  return rows.map(({ contest, event, insured }) => {
    const knowsPolicy = reader === 'admin' || insured === contest.driverId
    return {
      ...contestFacts(contest),
      ...(!knowsPolicy && { policyId: null }),
      event: {
        ...{ kind: event.kind, band: event.band, grade: event.grade, startAt: event.startAt.toISOString() },
        ...{ peak: event.peak, limitKmh: event.limitKmh },
      },
      rulings: words
        .filter((word) => word.contestId === contest.id && (reader === 'admin' || word.settles))
        .map((word) => ({ ...toRuling(word, reader), ...(!knowsPolicy && { effectMinor: null }) })),
    }
  })
}

function contestFacts(row: ContestRow): Omit<Contest, 'event' | 'rulings'> {
  const { id, eventId, tripId, driverId, policyId, reason, words: text, limitKmh, state, version, onBehalf } = row
  return {
    ...{ id, eventId, tripId, driverId, policyId, reason, text, limitKmh, state, version, onBehalf },
    openedAt: row.openedAt.toISOString(),
    ruleBy: row.ruleBy.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  }
}

function toRuling(row: typeof contestRulingRows.$inferSelect, reader: Reader): ContestRuling {
  const { ruling, by, grounds, settles, effectMinor, limitKmh, limitRadiusM: radiusM } = row
  const isAdmin = reader === 'admin'
  const from = row.limitFrom?.toISOString() ?? null
  const until = row.limitUntil?.toISOString() ?? null
  return {
    ...{ ruling, by, grounds, at: row.at.toISOString(), settles, effectMinor },
    ...{ userId: isAdmin ? row.userId : null, drivenBy: isAdmin ? row.drivenBy : null },
    limit: limitKmh === null ? null : { limitKmh, radiusM, from, until },
  }
}
