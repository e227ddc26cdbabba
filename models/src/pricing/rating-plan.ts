import { planBounds, RatingPlan } from '@fairmile/contract/rating-plan.ts'
import { canonicalJson, type Hash } from '../canonical-json.ts'
import { tripRules } from '../trips/trip.ts'
import { one } from './mul-div.ts'

/** What is wrong with a plan, and where: `discount.maxPpm`, `coverages[0].name`; the empty path is the whole. */
export interface PlanProblem {
  path: string
  message: string
}

/** A plan that cannot be used; `problems` are all that is wrong with it. */
export class InvalidPlanError extends TypeError {
  override readonly name = 'InvalidPlanError'
  readonly problems: readonly PlanProblem[]

  constructor(id: string, problems: readonly PlanProblem[]) {
    super(`reading rating plan "${id}": ${problems.map(({ path, message }) => `${path}: ${message}`).join('; ')}`)
    this.problems = problems
  }
}

/**
 * Reads a rating plan and checks what the arithmetic relies on.
 *
 * @throws {InvalidPlanError} that lists everything that is missing, unknown or out of range
 */
export function parseRatingPlan(text: string): RatingPlan {
  return readPlan(JSON.parse(text))
}

/** The same for a new plan, which is held to more than those that are in use may have been. @throws {InvalidPlanError} */
export function checkRatingPlan(value: unknown): RatingPlan {
  const plan = readPlan(value)
  const problems = [...repeatedLines(plan), ...unknownCurrency(plan)]
  if (problems.length > 0) throw new InvalidPlanError(plan.id, problems)
  return plan
}

function readPlan(value: unknown): RatingPlan {
  const parsed = RatingPlan.safeParse(value)
  const id = String((value as { id?: unknown } | null)?.id ?? '')
  if (!parsed.success)
    throw new InvalidPlanError(
      id,
      parsed.error.issues.map(({ path, message }) => ({ path: pathOf(path), message })),
    )
  const { data } = parsed
  const problems = data.format === 2 ? secondFormatProblems(data) : firstFormatProblems(data)
  problems.push(...boundProblems(data))
  if (problems.length > 0) throw new InvalidPlanError(id, problems)
  return parsed.data
}

/** SHA-256 of the plan's canonical JSON, hex. */
export function planHash(plan: RatingPlan, hash: Hash): string {
  return hash(canonicalJson(plan))
}

/** What the first format does not have: a reader of that time would price as if it were not there. */
function firstFormatProblems(plan: RatingPlan): PlanProblem[] {
  const { effectiveUntil, classes, jurisdictions, outside, discount, coverages } = plan
  const given: Record<string, unknown> = {
    effectiveUntil,
    classes,
    jurisdictions,
    outside,
    'discount.evasiveBrakesPer1000Km': discount.evasiveBrakesPer1000Km,
    'discount.cleanUnit': discount.cleanUnit === 'trip' ? undefined : discount.cleanUnit,
  }
  for (const [n, { claims }] of coverages.entries()) given[`coverages[${n}].claims`] = claims
  return Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .map(([path]) => ({ path, message: 'needs "format": 2' }))
}

/** Fees and taxes that a policy would be charged under one name twice: in a list, or in that of its place and of all. */
function repeatedLines({ outside, jurisdictions = [] }: RatingPlan): PlanProblem[] {
  const everywhere = outside?.taxes ?? []
  const repeated = (path: string, lines: readonly { name: string }[], also: readonly { name: string }[] = []) =>
    lines.flatMap(({ name }, n) =>
      [...also, ...lines.slice(0, n)].some((other) => other.name === name)
        ? [{ path: `${path}[${n}].name`, message: `"${name}" is there already` }]
        : [],
    )
  return [
    ...repeated('outside.fees', outside?.fees ?? []),
    ...repeated('outside.taxes', everywhere),
    ...jurisdictions.flatMap(({ taxes }, n) => repeated(`jurisdictions[${n}].taxes`, taxes, everywhere)),
  ]
}

function unknownCurrency({ currency }: RatingPlan): PlanProblem[] {
  if (Intl.supportedValuesOf('currency').includes(currency)) return []
  return [{ path: 'currency', message: `"${currency}" is no currency of ISO 4217, such as EUR` }]
}

/** Rates of all coverages together, with the largest classes: each by itself is within its bound. */
function boundProblems({ coverages, classes = [] }: RatingPlan): PlanProblem[] {
  const most = (rate: 'perKmMicro' | 'perDayMicro'): number => {
    let sum = 0
    for (const coverage of coverages) {
      const own = classes.filter(({ coverages: moved }) => moved?.includes(coverage.name) ?? true)
      sum += own.reduce(
        (product, { levels, otherwisePpm }) => (product * Math.max(one, otherwisePpm, ...Object.values(levels))) / one,
        coverage[rate],
      )
    }
    return sum
  }
  return (['perKmMicro', 'perDayMicro'] as const)
    .filter((rate) => most(rate) > planBounds[rate])
    .map((rate) => ({
      path: 'coverages',
      message: `${rate} of all together, with the largest classes, at most ${planBounds[rate]}`,
    }))
}

function secondFormatProblems(plan: RatingPlan): PlanProblem[] {
  const { effectiveFrom, effectiveUntil, coverages, classes = [], jurisdictions = [], discount } = plan
  const problems: PlanProblem[] = []
  const need = (met: boolean, path: string, message: string): void => {
    if (!met) problems.push({ path, message })
  }
  need(!effectiveUntil || effectiveUntil >= effectiveFrom, 'effectiveUntil', 'on or after effectiveFrom')
  const names = coverages.map(({ name }) => name)
  for (const [n, coverage] of coverages.entries()) {
    const at = `coverages[${n}]`
    need(names.indexOf(coverage.name) === n, `${at}.name`, `"${coverage.name}" is there already`)
    need(!coverage.behaviour || coverage.perKmMicro > 0, `${at}.perKmMicro`, 'above 0 where behaviour is rated')
    const { claims } = coverage
    if (!claims) continue
    const perKm = rateOf(claims.perBillionKm, claims.severityMinor)
    need(coverage.perKmMicro === perKm, `${at}.perKmMicro`, `${perKm}: claims.perBillionKm × severityMinor ÷ 1000`)
    const perDay = rateOf(claims.perBillionDays, claims.severityMinor)
    need(
      coverage.perDayMicro === perDay,
      `${at}.perDayMicro`,
      `${perDay}: claims.perBillionDays × severityMinor ÷ 1000`,
    )
  }
  for (const [n, { name, coverages: moved = [] }] of classes.entries()) {
    need(classes.findIndex((other) => other.name === name) === n, `classes[${n}].name`, `"${name}" is there already`)
    for (const coverage of moved)
      need(names.includes(coverage), `classes[${n}].coverages`, `there is no coverage "${coverage}"`)
  }
  need(
    discount.joinMs >= tripRules.joinMs,
    'discount.joinMs',
    `at least ${tripRules.joinMs}: what is nearer is one trip to the model, and a cut there would clean a part of it`,
  )
  const codes = jurisdictions.map(({ code }) => code)
  for (const [n, code] of codes.entries())
    need(codes.indexOf(code) === n, `jurisdictions[${n}].code`, `"${code}" is there already`)
  need(
    !discount.evasiveBrakesPer1000Km || discount.factor.kinds.includes('harsh_braking'),
    'discount.evasiveBrakesPer1000Km',
    'only where "harsh_braking" is among discount.factor.kinds',
  )
  return problems
}

/** Claims in a billion of a unit × minor units each, as millionths of a minor unit for one. */
const rateOf = (perBillion: number, severityMinor: number): number => Math.round((perBillion * severityMinor) / 1000)

/** A path as people write it. */
const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${String(key)}`),
    '',
  )
