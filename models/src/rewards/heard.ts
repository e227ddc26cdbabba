import { addDays } from './calendar.ts'

/** The term of a policy, first and last day, and the box of its car. */
export interface InsuredCar {
  readonly vehicleId: string
  readonly startsOn: string
  readonly endsOn: string
  /** When the box of the car last said anything, epoch milliseconds; null where there is none that ever did. */
  readonly heardAt: number | null
}

/**
 * When all boxes of a driver were heard, as far as a week waits for them, epoch milliseconds; null where none ever was.
 *
 * It waits for each car that is insured in the week and still on the day after it, by whatever policy: one that is gone by then has nothing
 * more to say, and one whose box never spoke has none yet. Where no car is insured any more, any box does.
 */
export function heardAfter(insured: readonly InsuredCar[], week: string): number | null {
  const nextWeek = addDays(week, 7)
  const stays = (vehicleId: string): boolean =>
    insured.some((car) => car.vehicleId === vehicleId && car.startsOn <= nextWeek && nextWeek <= car.endsOn)
  const heard = insured.flatMap(({ heardAt, ...car }) => (heardAt === null ? [] : [{ ...car, heardAt }]))
  const waitedFor = heard.filter((car) => car.startsOn < nextWeek && week <= car.endsOn && stays(car.vehicleId))
  if (waitedFor.length > 0) return Math.min(...waitedFor.map(({ heardAt }) => heardAt))
  return heard.length > 0 ? Math.max(...heard.map(({ heardAt }) => heardAt)) : null
}
