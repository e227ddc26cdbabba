import { createHmac } from 'node:crypto'
import type { LeaderBoard } from '@fairmile/contract/http/rewards.ts'
import type { RewardBoard } from '@fairmile/contract/reward-catalogue.ts'
import { and, eq, sql } from 'drizzle-orm'
import { type Database, selectRows } from '../db/database.ts'
import { rewardBoardMembers } from '../db/schema/rewards.ts'

/** Places that are shown; one's own is told wherever it is. */
const rowsShown = 100
/** Weeks, the newest of which that is closed for enough is shown: more than any outage of the job that closes them. */
const weeksLookedAt = 8
/** Without letters that are read as digits. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Takes part in a board, or no more: from the next reading on nobody sees the driver there. */
export async function setMembership(
  db: Database,
  { boardId, driverId, takesPart, now }: { boardId: string; driverId: string; takesPart: boolean; now: number },
): Promise<void> {
  if (takesPart)
    await db
      .insert(rewardBoardMembers)
      .values({ boardId, driverId, since: new Date(now) })
      .onConflictDoNothing()
  else
    await db
      .delete(rewardBoardMembers)
      .where(and(eq(rewardBoardMembers.boardId, boardId), eq(rewardBoardMembers.driverId, driverId)))
}

/**
 * A board of the newest week that is closed for enough on it, ranked by the points of that week; equal points share a place. Enough is as many as
 * may be shown, and half as many as of the week before: who drives first on the day has theirs closed hours before all others.
 *
 * @param options.secret what names are drawn with: nobody without it can tell who is behind one, or that two of different weeks are the same
 */
export async function readLeaderBoard(
  db: Database,
  { id, title, leastDrivers }: RewardBoard,
  { driverId, secret }: { driverId: string | null; secret: Uint8Array },
): Promise<LeaderBoard> {
  const found = await selectRows<{ driverId: string; week: string; points: number; place: number }>(
    db,
    sql`
      WITH closed AS (
        SELECT w.driver_id, w.week, w.points FROM reward_board_members m
        JOIN reward_weeks w ON w.driver_id = m.driver_id
        WHERE m.board_id = ${id}
      ), weeks AS (
        SELECT week, count(*) AS drivers, lag(count(*), 1, 0::bigint) OVER (ORDER BY week) AS before FROM closed
        WHERE week > (SELECT max(week) FROM closed) - ${7 * weeksLookedAt}::int
        GROUP BY week
      )
      SELECT driver_id AS "driverId", week::text, points, rank() OVER (ORDER BY points DESC)::int AS place FROM closed
      WHERE week = (SELECT max(week) FROM weeks WHERE drivers >= ${leastDrivers} AND 2 * drivers >= before)`,
  )
  const shown = found.length >= leastDrivers
  const week = found[0]?.week ?? null
  const key = createHmac('sha256', secret).update('leader boards').digest()
  const nameOf = (driver: string): string => pseudonym(key, `${id}\n${week}\n${driver}`)
  const mine = found.find((row) => row.driverId === driverId)
  const rows = (shown ? found : [])
    .map((row) => ({ place: row.place, name: nameOf(row.driverId), points: row.points, own: row === mine }))
    // By name within a place: the order of the database would tell who is who.
    .toSorted((a, b) => a.place - b.place || (a.name < b.name ? -1 : 1))
    .slice(0, rowsShown)
  const own = shown && mine ? { place: mine.place, of: found.length, points: mine.points } : null
  return { id, title, week: shown ? week : null, shown, leastDrivers, rows, own }
}

/** Six characters of a keyed hash. */
function pseudonym(key: Uint8Array, text: string): string {
  const hash = createHmac('sha256', key).update(text).digest()
  return [...hash.subarray(0, 6)].map((byte) => alphabet.charAt(byte % alphabet.length)).join('')
}
