import { PolicyId } from '@fairmile/contract/http/ids.ts'
import { Day } from '@fairmile/contract/http/times.ts'
import { CsvError, parse } from 'csv-parse/sync'
import { claimStates } from '../db/schema/claims.ts'
import {
  type ClaimColumn,
  type ClaimProblem,
  claimColumns,
  maxClaims,
  maxProblems,
  type ToldClaim,
} from './told-claim.ts'

/** An amount of a claim at most, minor units: sums of all that a file may have stay exact in SQL, and no real claim comes near. */
const maxMinor = 1_000_000_000_000
/** Characters of a wrong value that are told. */
const maxTold = 60

/** Tells what is wrong with a value, and what to do; null where nothing is. */
type Check = (value: string) => string | null

const like =
  (pattern: RegExp, wanted: string): Check =>
  (value) =>
    pattern.test(value) ? null : `${told(value)} is no ${wanted}`

const amount: Check = (value) => {
  if (/^-\d+$/.test(value)) return `${told(value)} is negative: give what was paid, or is reserved, in all`
  if (!/^\d+$/.test(value)) return `${told(value)} is no whole number of minor units: 12.50 EUR is 1250`
  return Number(value) <= maxMinor ? null : `${told(value)} is more than ${maxMinor}`
}

/** What each column may hold. @param lastDay the last that a loss may be of */
const checksOf = (lastDay: string): Record<ClaimColumn, Check> => ({
  claim_id: like(
    /^[A-Za-z0-9][A-Za-z0-9._/-]{0,59}$/,
    'claim number: give 1 to 60 letters, digits and . _ / -, the first a letter or a digit',
  ),
  policy_id: (value) => (PolicyId.safeParse(value).success ? null : `${told(value)} is no policy: give its id, POL-…`),
  coverage: like(/^[^\p{Cc}]{1,60}$/u, "coverage: give its name in the policy's plan"),
  occurred_on: (value) => {
    if (!Day.safeParse(value).success) return `${told(value)} is no day: give it like 2026-05-31`
    return value <= lastDay ? null : `${told(value)} is still to come: give the day of the loss`
  },
  paid_minor: amount,
  reserved_minor: amount,
  currency: like(/^[A-Z]{3}$/, "currency: give the three letters of the plan's"),
  state: like(new RegExp(`^(${claimStates.join('|')})$`), 'state: give open or closed'),
})

/** The claims of a file, and what is wrong with it. */
export interface ReadClaims {
  readonly claims: ToldClaim[]
  readonly problems: ClaimProblem[]
}

/**
 * Reads claims from CSV (RFC 4180) with a head, its columns in any order; a row that has a wrong value is read with null there.
 *
 * @param csv its text
 * @param options.lastDay the last day that a loss may be of
 */
export function readClaims(csv: string, { lastDay }: { lastDay: string }): ReadClaims {
  const parsed = parseCsv(csv)
  if (!Array.isArray(parsed)) return { claims: [], problems: [parsed] }
  const [head, ...rows] = parsed
  const wrong = head ? headProblems(head.record) : [inFile(1, 'the file is empty: begin it with the head')]
  const tooMany = rows[maxClaims]
  if (tooMany) wrong.push(inFile(tooMany.line, `a file has ${maxClaims} claims at most: divide it`))
  if (!head || wrong.length > 0) return { claims: [], problems: wrong }
  return readRows(rows, { places: claimColumns.map((name) => head.record.indexOf(name)), checks: checksOf(lastDay) })
}

interface Row {
  readonly record: readonly string[]
  readonly line: number
}

/** The rows with their lines; where the file is no CSV, what is wrong. No more rows than one above what is allowed. */
function parseCsv(csv: string): Row[] | ClaimProblem {
  try {
    const rows = parse(csv, {
      ...{ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true, to: maxClaims + 2 },
    }) as unknown as { record: string[]; info: { lines: number } }[]
    return rows.map(({ record, info }) => ({ record, line: info.lines }))
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    const { lines } = error as CsvError & { lines?: number }
    return inFile(lines ?? 1, `${error.message}: write a text with quotes in quotes, and those within it twice`)
  }
}

const inFile = (line: number, problem: string): ClaimProblem => ({ line, column: null, problem })

function headProblems(names: readonly string[]): ClaimProblem[] {
  const wanted: readonly string[] = claimColumns
  const found = (column: string, problem: string): ClaimProblem => ({ line: 1, column, problem })
  return [
    ...wanted
      .filter((name) => !names.includes(name))
      .map((name) => found(name, 'the head lacks it: name every column, with commas between')),
    ...names.flatMap((name, n) => {
      if (!wanted.includes(name)) return [found(name.slice(0, maxTold), 'there is no such column: take it out')]
      return names.indexOf(name) < n ? [found(name, 'the head has it twice: take one out')] : []
    }),
  ]
}

/** Reads the rows below the head until there are more problems than are named. @param places of the columns in a row */
function readRows(
  rows: readonly Row[],
  { places, checks }: { places: readonly number[]; checks: Record<ClaimColumn, Check> },
): ReadClaims {
  const claims: ToldClaim[] = []
  const problems: ClaimProblem[] = []
  const lines = new Map<string, number>()
  for (const { record, line } of rows) {
    if (problems.length > maxProblems) break
    if (record.length !== claimColumns.length) {
      problems.push(inFile(line, `there are ${record.length} values for ${claimColumns.length} columns`))
      continue
    }
    const values = {} as Record<ClaimColumn, string | null>
    for (const [n, column] of claimColumns.entries()) {
      const value = record[places[n]!]!
      const problem = checks[column](value)
      if (problem !== null) problems.push({ line, column, problem })
      values[column] = problem === null ? value : null
    }
    const id = values.claim_id
    const before = id === null ? undefined : lines.get(id)
    if (before !== undefined)
      problems.push({ line, column: 'claim_id', problem: `${told(id!)} is on line ${before} too: leave one of them` })
    else if (id !== null) lines.set(id, line)
    claims.push(claimOf(line, values))
  }
  return { claims, problems }
}

const claimOf = (line: number, values: Record<ClaimColumn, string | null>): ToldClaim => {
  const minor = (value: string | null) => (value === null ? null : Number(value))
  return {
    ...{ line, id: values.claim_id, policyId: values.policy_id, coverage: values.coverage },
    ...{ occurredOn: values.occurred_on, currency: values.currency, state: values.state as ToldClaim['state'] },
    ...{ paidMinor: minor(values.paid_minor), reservedMinor: minor(values.reserved_minor) },
  }
}

/** A value as it is told: in quotes, and not too long. */
const told = (value: string): string => JSON.stringify(value.length > maxTold ? `${value.slice(0, maxTold)}…` : value)
