import type { PlanDetail, PlanSimulation } from '@fairmile/contract/http/plans.ts'
import { checkRatingPlan } from '@fairmile/models/pricing/rating-plan.ts'
import { createSimulation } from '@fairmile/models/pricing/simulate.ts'
import plan from '../../../models/plans/fairmile-2.json' with { type: 'json' }
import { sampleModel, samplePlan, sampleReceipt } from './pricing.ts'

/** The plan of the second format that is published. */
export const sampleSecondPlan = checkRatingPlan(plan)

/** What it would do to two hundred policies that drive the sample's trips, some of them without its events. */
export const sampleSimulation: PlanSimulation = simulate(200)

/** The same where no policy can be priced. */
export const sampleSimulationOfNone: PlanSimulation = simulate(0, 3)

function simulate(policies: number, leftOut = 0): PlanSimulation {
  const simulation = createSimulation({ plan: sampleSecondPlan, model: sampleModel, assume: { jurisdiction: 'DE' } })
  const sizes = ['small', 'middle', 'large']
  for (let n = 0; n < policies; n++) {
    const trips = sampleReceipt.trips
      .slice(n % 5)
      .map((trip) => (n % 3 === 0 ? { ...trip, statistics: { ...trip.statistics, events: [] } } : trip))
    simulation.add({
      policyId: `POL-${n}`,
      driverId: `DRV-${n}`,
      before: samplePlan,
      rated: { classes: { vehicle: sizes[n % 3]! } },
      startsAt: sampleReceipt.term.startsAt,
      days: 10 + (n % 40),
      trips,
    })
  }
  for (let n = 0; n < leftOut; n++) simulation.leaveOut('there is no rating plan "fairmile-0"')
  const { drivers: _drivers, ...summary } = simulation.result()
  return summary
}

const submittedAt = '2026-11-02T09:00:00.000Z'

/** That plan as a draft that another admin submitted. */
export const samplePlanDetail: PlanDetail = {
  id: sampleSecondPlan.id,
  version: sampleSecondPlan.version,
  title: sampleSecondPlan.title,
  state: 'draft',
  effectiveFrom: sampleSecondPlan.effectiveFrom,
  effectiveUntil: sampleSecondPlan.effectiveUntil ?? null,
  hash: 'a'.repeat(64),
  createdBy: 'sam@example.com',
  createdAt: submittedAt,
  approvedBy: null,
  approvedAt: null,
  plan: { ...sampleSecondPlan },
  simulation: sampleSimulation,
  simulatedAt: submittedAt,
  approvedSimulation: null,
  changes: [
    {
      action: 'submitted',
      by: 'sam@example.com',
      at: submittedAt,
      note: 'stretches in place of trips',
      hash: 'a'.repeat(64),
    },
  ],
}
