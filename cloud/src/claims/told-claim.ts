import type { claimStates } from '../db/schema/claims.ts'

/** The columns of a file of claims. */
export const claimColumns = [
  'claim_id',
  'policy_id',
  'coverage',
  'occurred_on',
  'paid_minor',
  'reserved_minor',
  'currency',
  'state',
] as const
export type ClaimColumn = (typeof claimColumns)[number]

/** A claim as a row of a file tells it; null is what was not understood, and told as a problem. */
export interface ToldClaim {
  /** Of the file, from 1. */
  readonly line: number
  readonly id: string | null
  readonly policyId: string | null
  readonly coverage: string | null
  /** A UTC day. */
  readonly occurredOn: string | null
  /** Minor units. */
  readonly paidMinor: number | null
  readonly reservedMinor: number | null
  readonly currency: string | null
  readonly state: (typeof claimStates)[number] | null
}

/** What is wrong with a row of a file, and what to do. */
export interface ClaimProblem {
  /** Of the file, from 1. */
  readonly line: number
  /** Null where it is the whole row, or the whole file. */
  readonly column: string | null
  readonly problem: string
}

/** So many problems are named: whoever reads them puts them right and imports again. */
export const maxProblems = 1000
/** Rows of a file: the claims of a year of a million cars, in a statement of seconds. */
export const maxClaims = 100_000
/** Bytes of a file: as many rows of 157 bytes, twice what they usually have. */
export const maxClaimsBytes = 15 * 1024 * 1024
