import type { PremiumChange } from '@fairmile/contract/http/plans.ts'
import type { SimulatedDriver } from './simulation.ts'

/** Rises and falls that are named, each: what an admin reads before approving. */
const mostNamed = 20

/** Whose premiums rise and fall the most, the largest change in per cent first; what was nothing before rises the most. */
export function largestChanges(drivers: readonly SimulatedDriver[]): {
  rises: PremiumChange[]
  falls: PremiumChange[]
} {
  const rises = drivers.filter(({ beforeMinor, afterMinor }) => afterMinor > beforeMinor)
  const falls = drivers.filter(({ beforeMinor, afterMinor }) => afterMinor < beforeMinor)
  return { rises: named(rises), falls: named(falls) }
}

function named(drivers: readonly SimulatedDriver[]): PremiumChange[] {
  const size = ({ beforeMinor, afterMinor }: SimulatedDriver): number =>
    beforeMinor === 0 ? Number.MAX_VALUE : Math.abs(afterMinor / beforeMinor - 1)
  const amount = ({ beforeMinor, afterMinor }: SimulatedDriver): number => Math.abs(afterMinor - beforeMinor)
  return drivers
    .toSorted((a, b) => size(b) - size(a) || amount(b) - amount(a) || (a.policyId < b.policyId ? -1 : 1))
    .slice(0, mostNamed)
    .map((driver) => ({
      ...driver,
      percent: driver.beforeMinor === 0 ? null : (driver.afterMinor / driver.beforeMinor - 1) * 100,
    }))
}
