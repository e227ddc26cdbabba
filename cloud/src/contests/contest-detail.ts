import type { ContestDetail } from '@fairmile/contract/http/contests.ts'
import { contestRules, needsSecond } from '@fairmile/models/contests/contest-rules.ts'
import type { Database } from '../db/database.ts'
import { contestHistory } from './contest-history.ts'
import { contestOf, contestRow, type Reader } from './contest-queries.ts'
import type { effectOf } from './effect.ts'
import type { ContestRow } from './settle-contest.ts'

interface DetailOptions {
  readonly id: string
  /** For whom it is told. */
  readonly reader: Reader
  /** What hangs on a contested event, or hung on one that counts no more. */
  readonly effect: (row: ContestRow) => ReturnType<typeof effectOf>
}

/** A contest with its history, and what hangs on it unless the event counts again; null where there is none. */
export async function contestDetail(
  db: Database,
  { id, reader, effect }: DetailOptions,
): Promise<ContestDetail | null> {
  const row = await contestRow(db, id)
  const contest = row && (await contestOf(db, id, reader))
  if (!contest) return null
  // Who drove another's car is told the score, and nothing of the policy that pays.
  const shown = { ...row, policyId: contest.policyId }
  const counts = row.state === 'rejected' || row.state === 'withdrawn'
  const found = counts ? null : await effect(shown)
  const { kind } = contest.event
  const correctsLimit = contest.reason === 'wrong_limit' && kind === 'speeding'
  return {
    ...contest,
    ...(await contestHistory(db, shown)),
    effect: found && {
      ...found,
      needsSecond: needsSecond({ kind, effect: found, correctsLimit, namesDriver: false }, contestRules),
    },
  }
}
