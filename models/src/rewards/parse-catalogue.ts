import { bands, eventKinds } from '@fairmile/contract/driving-event.ts'
import {
  type RewardAchievement,
  type RewardCatalogue,
  type RewardChallenge,
  type RewardFactor,
  type RewardJurisdiction,
  type RewardOffer,
  redemptionKinds,
} from '@fairmile/contract/reward-catalogue.ts'

type Need = (met: boolean, problem: string) => void

/** Smaller groups could be seen through. */
const leastGroup = 5
const rebateKinds: readonly string[] = ['deductible_credit', 'premium_credit']

/**
 * Reads a catalogue of rewards and checks what the rules rely on, above all that nothing pays for driving.
 *
 * @throws TypeError that lists every problem
 */
export function parseRewardCatalogue(text: string): RewardCatalogue {
  const catalogue = JSON.parse(text) as RewardCatalogue
  const problems: string[] = []
  const need: Need = (met, problem) => {
    if (!met) problems.push(problem)
  }
  for (const field of ['id', 'version', 'title', 'notes'] as const) need(isText(catalogue[field]), `${field}: a text`)
  checkDays(catalogue, need)
  for (const list of ['achievements', 'challenges', 'offers', 'boards', 'jurisdictions'] as const)
    checkIds(catalogue[list], list, need)
  for (const achievement of listOf(catalogue.achievements)) checkAchievement(achievement, need)
  for (const challenge of listOf(catalogue.challenges)) checkChallenge(challenge, need)
  for (const offer of listOf(catalogue.offers)) checkOffer(offer, need)
  for (const { id, leastDrivers } of listOf(catalogue.boards)) {
    need(/^LBD-[0-9A-Z]{1,26}$/.test(id), `boards "${id}": an id like LBD-WEEK`)
    need(isCount(leastDrivers) && leastDrivers >= leastGroup, `boards "${id}": leastDrivers is at least ${leastGroup}`)
  }
  for (const jurisdiction of listOf(catalogue.jurisdictions)) checkJurisdiction(jurisdiction, need)
  const known = new Set(listOf(catalogue.jurisdictions).map(({ id }) => id))
  for (const list of ['places', 'plans'] as const)
    for (const [name, id] of Object.entries(catalogue[list] ?? {}))
      need(known.has(id), `${list} "${name}": there is no jurisdiction "${id}"`)
  need(typeof catalogue.places === 'object' && catalogue.places !== null, 'places: a jurisdiction for each place')
  need(known.has(catalogue.otherPlans), `otherPlans: there is no jurisdiction "${catalogue.otherPlans}"`)
  if (problems.length > 0) throw new TypeError(`reading rewards "${catalogue.id}": ${problems.join('; ')}`)
  return catalogue
}

function checkDays({ day, improvement, closeAfterDays }: RewardCatalogue, need: Need): void {
  need(isCount(day?.cleanPoints), 'day.cleanPoints: whole points, not negative')
  need(isCount(day?.calmPoints), 'day.calmPoints: whole points, not negative')
  need(isCount(day?.mostUngradableM), 'day.mostUngradableM: whole metres, not negative')
  checkFactor(day?.cleanFactor, 'day.cleanFactor', need)
  checkFactor(day?.calmFactor, 'day.calmFactor', need)
  const { weeks, pointsPerDay } = improvement ?? {}
  need(isCount(weeks) && weeks >= 1 && weeks <= 12, 'improvement.weeks: 1 to 12')
  need(
    isCount(pointsPerDay) && pointsPerDay <= day?.calmPoints,
    'improvement.pointsPerDay: not above day.calmPoints, or an event would pay for itself by the weeks it makes easier to beat',
  )
  need(pointsPerDay % weeks === 0, 'improvement.pointsPerDay: a multiple of improvement.weeks')
  need(isCount(closeAfterDays) && closeAfterDays >= 1 && closeAfterDays <= 28, 'closeAfterDays: 1 to 28')
}

function checkAchievement({ id, kind, title, text, condition, points }: RewardAchievement, need: Need): void {
  const where = `achievements "${id}"`
  need(kind === 'achievement' || kind === 'milestone', `${where}: kind is "achievement" or "milestone"`)
  need(isText(title) && isText(text), `${where}: a title and a text`)
  need(isCount(condition?.count) && condition.count > 0, `${where}: condition.count above 0`)
  need(isCount(points), `${where}: whole points, not negative`)
  if (condition?.kind === 'calm_days') return
  need(points === 0, `${where}: no points where driving counts ("${condition?.kind}")`)
  if (condition?.kind === 'clean_trips')
    need(isCount(condition.minGradableM) && condition.minGradableM > 0, `${where}: condition.minGradableM above 0`)
  else
    need(
      condition?.kind === 'clean_weeks' || condition?.kind === 'phone_free_driving_days',
      `${where}: a condition that is known`,
    )
}

function checkChallenge(challenge: RewardChallenge, need: Need): void {
  const { id, title, text, joinFrom, joinUntil, days, orGradableM, points } = challenge
  const where = `challenges "${id}"`
  need(isText(title) && isText(text), `${where}: a title and a text`)
  need(joinFrom === null || isDay(joinFrom), `${where}: joinFrom is a day or null`)
  need(joinUntil === null || isDay(joinUntil), `${where}: joinUntil is a day or null`)
  checkFactor(challenge.avoid, `${where}: avoid`, need)
  need(isCount(days) && days > 0 && days <= 92, `${where}: 1 to 92 days`)
  need(orGradableM === null || (isCount(orGradableM) && orGradableM > 0), `${where}: orGradableM above 0, or null`)
  need(isCount(points), `${where}: whole points, not negative`)
  need(orGradableM === null || points === 0, `${where}: no points where kilometres count`)
}

function checkOffer({ id, kind, title, titles, text, points, valueMinor, currency }: RewardOffer, need: Need): void {
  const where = `offers "${id}"`
  need(isText(title) && isText(text), `${where}: a title and a text`)
  for (const [language, words] of Object.entries(titles ?? {}))
    need(
      /^[a-z]{2}$/.test(language) && isText(words),
      `${where}: titles by languages of two letters, not "${language}"`,
    )
  need(redemptionKinds.includes(kind), `${where}: kind is one of ${redemptionKinds.join(', ')}`)
  need(isCount(points) && points > 0, `${where}: points above 0`)
  need(isCount(valueMinor) && /^[A-Z]{3}$/.test(currency), `${where}: a value in whole minor units of a currency`)
}

function checkJurisdiction(jurisdiction: RewardJurisdiction, need: Need): void {
  const { id, title, notes, rebateAllowed, kinds, uncountedKinds, mostValueMinorAYear, currency } = jurisdiction
  const where = `jurisdictions "${id}"`
  need(isText(title) && isText(notes), `${where}: a title and notes`)
  need(typeof rebateAllowed === 'boolean', `${where}: rebateAllowed is true or false`)
  for (const kind of [...listOf(kinds), ...listOf(uncountedKinds)])
    need(redemptionKinds.includes(kind), `${where}: there is no kind "${kind}"`)
  need(
    rebateAllowed || !listOf(kinds).some((kind) => rebateKinds.includes(kind)),
    `${where}: credits only where rebates are allowed`,
  )
  need(!listOf(uncountedKinds).some((kind) => kind !== 'donation'), `${where}: donations alone go uncounted`)
  need(isCount(mostValueMinorAYear) && /^[A-Z]{3}$/.test(currency), `${where}: a most a year in whole minor units`)
}

function checkFactor(factor: RewardFactor | undefined, where: string, need: Need): void {
  need(
    listOf(factor?.kinds).length > 0 && listOf(factor?.kinds).every((kind) => eventKinds.includes(kind)),
    `${where}.kinds: a list of kinds of events`,
  )
  need(!factor?.kinds?.includes('crash'), `${where}.kinds: never "crash", whose victim is not at fault`)
  need(factor?.band !== undefined && bands.includes(factor.band), `${where}.band: one of ${bands.join(', ')}`)
  need(factor?.grade === 'A', `${where}.grade: "A", no other evidence touches points`)
}

function checkIds(list: readonly { id: string }[] | undefined, name: string, need: Need): void {
  need(Array.isArray(list), `${name}: a list`)
  const ids = listOf(list).map(({ id }) => id)
  need(
    ids.every((id) => /^[0-9A-Za-z-]{1,40}$/.test(id ?? '')),
    `${name}: ids of letters, digits and hyphens`,
  )
  need(new Set(ids).size === ids.length, `${name}: an id is there twice`)
}

const listOf = <T>(list: readonly T[] | undefined): readonly T[] => (Array.isArray(list) ? list : [])
const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value)
