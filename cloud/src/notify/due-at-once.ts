import { type SQL, sql } from 'drizzle-orm'

/**
 * When a message is due that nothing holds back, as SQL: at once. A recorder whose clock is ahead does not hold it up for the process
 * that sends it.
 *
 * @param nowMs wall clock of who records it, epoch ms
 */
export const dueAtOnce = (nowMs: number): SQL<Date> =>
  sql`least(${new Date(nowMs).toISOString()}::timestamptz, statement_timestamp())`
