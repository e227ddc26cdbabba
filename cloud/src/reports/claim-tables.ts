import type { ReportTable } from '@fairmile/contract/http/reports.ts'
import type { ClaimFigures } from './claim-figures.ts'
import { percentOf, tableOf } from './report-table.ts'

/** What a plan's losses are compared with. */
export interface Earned {
  planId: string
  currency: string | null
  /** Days of all policies together. */
  days: number
  /** Minor units; null where no policy was priced. */
  premiumMinor: number | null
}

type Losses = Omit<ClaimFigures, 'currency'> & Earned

/** Losses by plan, and by plan and coverage; a row is of one currency. @param earned a row a plan and currency */
export function claimTables(earned: readonly Earned[], claims: readonly ClaimFigures[]): ReportTable[] {
  const earnedBy = (one: ClaimFigures) => earned.find((of) => isSame(of, one)) ?? { days: 0, premiumMinor: null }
  const losses = claims.map((one): Losses => ({ ...one, ...earnedBy(one) }))
  const totals = losses.filter(({ coverage }) => coverage === null)
  const free = earned.filter((of) => !totals.some((one) => isSame(of, one))).map((of): Losses => ({ ...of, ...none }))
  return [
    tableOf('losses', 'Losses by plan', {
      columns: {
        plan: ['Plan', ({ planId }) => planId],
        currency: ['Currency', ({ currency }) => currency],
        claims: ['Claims', ({ claims }) => claims],
        open: ['of these open', ({ open }) => open],
        incurred: ['Incurred, minor units', incurred],
        claimFrequency: ['Claims in 1,000 policy years', inThousandYears],
        meanCost: ['Mean cost, minor units', meanCost],
        premium: ['Earned premium, minor units', ({ premiumMinor }) => premiumMinor],
        lossRatio: ['Loss ratio, %', (row) => percentOf(incurred(row), row.premiumMinor ?? 0)],
      },
      rows: [...totals, ...free].toSorted((a, b) => (a.planId < b.planId ? -1 : Number(a.planId > b.planId))),
    }),
    tableOf('coverages', 'Losses by plan and coverage', {
      columns: {
        plan: ['Plan', ({ planId }) => planId],
        coverage: ['Coverage', ({ coverage }) => coverage],
        currency: ['Currency', ({ currency }) => currency],
        claims: ['Claims', ({ claims }) => claims],
        open: ['of these open', ({ open }) => open],
        paid: ['Paid, minor units', ({ paidMinor }) => paidMinor],
        reserved: ['Reserved, minor units', ({ reservedMinor }) => reservedMinor],
        incurred: ['Incurred, minor units', incurred],
        claimFrequency: ['Claims in 1,000 policy years', inThousandYears],
        meanCost: ['Mean cost, minor units', meanCost],
      },
      rows: losses.filter(({ coverage }) => coverage !== null),
    }),
  ]
}

const none = { coverage: null, claims: 0, open: 0, paidMinor: 0, reservedMinor: 0 }

const isSame = (a: Pick<Earned, 'planId' | 'currency'>, b: typeof a): boolean =>
  a.planId === b.planId && a.currency === b.currency

const incurred = ({ paidMinor, reservedMinor }: Losses): number => paidMinor + reservedMinor

/** In each 1,000 policies in force for 365.25 days, one decimal; null without a day. */
const inThousandYears = ({ claims, days }: Losses): number | null =>
  days > 0 ? Math.round((claims / days) * 3_652_500) / 10 : null

/** Whole minor units; null without a claim. */
const meanCost = (row: Losses): number | null => (row.claims > 0 ? Math.round(incurred(row) / row.claims) : null)
