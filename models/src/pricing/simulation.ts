import type { PlanSimulation } from '@fairmile/contract/http/plans.ts'

/** A policy under both plans, minor units of the term so far. */
export interface SimulatedDriver {
  policyId: string
  driverId: string
  beforeMinor: number
  afterMinor: number
}

/** What a plan would do to a portfolio: the summary, and each policy of it. */
export interface Simulation extends PlanSimulation {
  drivers: SimulatedDriver[]
}
