import type { Database } from '../db/database.ts'
import { checkClaims } from './check-claims.ts'
import { readClaims } from './read-claims.ts'
import { type StoredClaims, storeClaims } from './store-claims.ts'
import { type ClaimProblem, claimColumns, maxProblems } from './told-claim.ts'

/** What an import did: stored every claim of a file, or none and why. */
export interface ClaimsImport extends StoredClaims {
  /** Lines and columns in order; where there is any, nothing was stored. */
  readonly problems: ClaimProblem[]
  /** Whether there are problems that are not named. */
  readonly hasMore: boolean
}

const dayMs = 86_400_000

/**
 * Imports a file of claims, all of it or nothing.
 *
 * @param csv its text (`readClaims`)
 * @param options.by who tells them
 * @param options.now wall clock, UTC epoch milliseconds
 */
export async function importClaims(
  db: Database,
  csv: string,
  { by, now }: { by: string; now: number },
): Promise<ClaimsImport> {
  // Somewhere it is tomorrow already.
  const lastDay = new Date(now + dayMs).toISOString().slice(0, 10)
  const { claims, problems: misread } = readClaims(csv, { lastDay })
  return db.transaction(async (tx) => {
    const problems = [...misread, ...(await checkClaims(tx, claims))].toSorted(byPlace)
    if (problems.length === 0) return { ...(await storeClaims(tx, claims, { by, now })), problems, hasMore: false }
    const [added, replaced, unchanged] = [0, 0, 0]
    return {
      added,
      replaced,
      unchanged,
      problems: problems.slice(0, maxProblems),
      hasMore: problems.length > maxProblems,
    }
  })
}

const columns: readonly (string | null)[] = claimColumns
const byPlace = (a: ClaimProblem, b: ClaimProblem) =>
  a.line - b.line || columns.indexOf(a.column) - columns.indexOf(b.column)
