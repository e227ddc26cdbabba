import { type SQL, sql } from 'drizzle-orm'

/** Sets these locks apart from all others; any number, the same in every process. */
const lockClass = 7_301_047

/**
 * The server ends a transaction that holds a subject and does nothing for so long: a process that was stopped in its tracks with the
 * lock in its hands would else hold up whoever stores a trip of that driver. The embedded database has no such setting, and one process.
 */
const idle = sql.raw(`set_config('idle_in_transaction_session_timeout',
  COALESCE(current_setting('fairmile.holding_ms', true), current_setting('idle_in_transaction_session_timeout')), true)`)

/**
 * Locks a subject until the transaction ends, for who adds to its deliveries and who takes one off.
 *
 * While it is held nobody else numbers an event of the subject, so its events become visible in the order of their
 * numbers; and what is read after it, in a statement of its own, is what the one before left.
 * @param subject an SQL expression of type text
 */
export const lockSubject = (subject: SQL): SQL =>
  sql`CASE WHEN ${idle} IS NOT NULL THEN pg_advisory_xact_lock(${sql.raw(String(lockClass))}, hashtext(${subject})) END`
