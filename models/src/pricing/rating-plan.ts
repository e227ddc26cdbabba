import type { RatingPlan } from '@fairmile/contract/receipt.ts'
import { canonicalJson, type Hash } from '../canonical-json.ts'

/** The most that any plan may take off, parts per million. */
const mostDiscountPpm = 450_000

/**
 * Reads a rating plan and checks what the arithmetic relies on.
 *
 * @throws TypeError that lists every field that is missing or out of range
 */
export function parseRatingPlan(text: string): RatingPlan {
  const plan = JSON.parse(text) as RatingPlan
  const problems: string[] = []
  const need = (met: boolean, problem: string): void => {
    if (!met) problems.push(problem)
  }
  for (const field of ['id', 'version', 'title', 'effectiveFrom', 'notes'] as const)
    need(typeof plan[field] === 'string' && plan[field] !== '', `${field}: a text`)
  need(/^[A-Z]{3}$/.test(plan.currency), 'currency: three capital letters')
  need(Array.isArray(plan.coverages) && plan.coverages.length > 0, 'coverages: at least one')
  for (const { name, perDayMicro, perKmMicro, behaviour } of plan.coverages ?? []) {
    need(isCount(perDayMicro) && isCount(perKmMicro), `coverages "${name}": amounts in whole millionths, not negative`)
    need(typeof behaviour === 'boolean', `coverages "${name}": behaviour is true or false`)
  }
  need(isCount(plan.minimumPerDayMicro), 'minimumPerDayMicro: whole millionths, not negative')
  const { relativity, discount, charges, month } = plan
  need(isCount(relativity?.minPpm) && relativity.minPpm <= 1_000_000, 'relativity.minPpm: 0 to 1000000')
  need(isCount(relativity?.maxPpm) && relativity.maxPpm >= 1_000_000, 'relativity.maxPpm: at least 1000000')
  need(typeof relativity?.surchargeAllowed === 'boolean', 'relativity.surchargeAllowed: true or false')
  need(
    relativity?.credibilityM > 0 && isCount(relativity.credibilityM),
    'relativity.credibilityM: whole metres above 0',
  )
  need(isCount(relativity?.minimumScoredM), 'relativity.minimumScoredM: whole metres')
  need(isCount(discount?.maxPpm) && discount.maxPpm <= mostDiscountPpm, `discount.maxPpm: 0 to ${mostDiscountPpm}`)
  need(discount?.credibilityM > 0 && isCount(discount.credibilityM), 'discount.credibilityM: whole metres above 0')
  need(discount?.cleanUnit === 'trip', 'discount.cleanUnit: "trip"')
  need(isCount(discount?.joinMs), 'discount.joinMs: whole milliseconds')
  need(discount?.factor?.grade === 'A', 'discount.factor.grade: "A", no other evidence touches a price')
  need(
    Array.isArray(discount?.factor?.kinds) && !discount.factor.kinds.includes('crash'),
    'discount.factor.kinds: a list without "crash", which never prices anything by itself',
  )
  need(typeof charges?.relativity === 'string' && typeof charges.discount === 'string', 'charges: what each part takes')
  need(isCount(month?.days) && isCount(month.distanceM), 'month: whole days and metres')
  const { policy = { endorsable: true, carriedPpm: 0 } } = plan
  need(typeof policy.endorsable === 'boolean', 'policy.endorsable: true or false')
  need(isCount(policy.carriedPpm) && policy.carriedPpm <= 1_000_000, 'policy.carriedPpm: 0 to 1000000')
  if (problems.length > 0) throw new TypeError(`reading rating plan "${plan.id}": ${problems.join('; ')}`)
  return plan
}

/** SHA-256 of the plan's canonical JSON, hex. */
export function planHash(plan: RatingPlan, hash: Hash): string {
  return hash(canonicalJson(plan))
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
