import type { TripStatistics } from '@fairmile/contract/trip.ts'
import { addTrip, type DriverStatistics, emptyDriverStatistics } from '../../src/trips/driver-statistics.ts'
import { counted, emptyStatistics } from '../../src/trips/merge-statistics.ts'
import { type ClassModel, createClassModel, type Staying } from './class-model.ts'
import { addCrawl } from './crawl.ts'
import { type Fit, fit } from './fit-data.ts'
import { logistic, type Person, roadShares } from './person.ts'
import type { Random } from './random.ts'
import { type RoadClass, roadClasses } from './road-classes.ts'

/** A stretch shorter than this on a class of road is none, seconds. */
const leastS = 20
/** How trips of one person differ: in length (log), in roads (logits) … */
const tripSpread = 0.7
const roadSpread = 0.8
/** … in how much of the town is stop and go (logit) … */
const crawlSpread = 0.9
/** … and long ones take to the motorway. */
const longTripsMotorway = 0.8
/** Trips that cannot be graded at all: the box was moved, or saw no sky. */
const ungradable = 0.04
/** Mean seconds over the coach band that make one event of speeding. */
const speedingS = 45

/** Drives as a person for so many kilometres; the trips are added up. */
export function drive(person: Person, km: number, random: Random, from: Fit = fit): DriverStatistics {
  const staying = drawStaying(from, random)
  const models = Object.fromEntries(
    roadClasses.map((name) => [name, createClassModel(from.classes[name], person.design, staying)]),
  ) as Record<RoadClass, ClassModel>
  const driver = emptyDriverStatistics()
  while (driver.total.distanceM < km * 1000) addTrip(driver, drawTrip(person, models, random))
  return driver
}

/** What stays with a person wherever they drive, drawn once: counts go together as they do in towns. */
export function drawStaying({ stays, classes: { town } }: Fit, random: Random): Map<string, Staying> {
  const factors = (town.loadings[0] ?? []).map(() => random.normal())
  return new Map(
    Object.entries(stays).map(([name, share]) => {
      const loadings = town.loadings[town.counts.indexOf(name)] ?? []
      const common = loadings.reduce((sum, part, k) => sum + part * factors[k]!, 0)
      const rest = Math.sqrt(Math.max(0, 1 - loadings.reduce((sum, part) => sum + part * part, 0)))
      return [name, { deviate: common + rest * random.normal(), share }]
    }),
  )
}

function drawTrip({ habits, box }: Person, models: Record<RoadClass, ClassModel>, random: Random): TripStatistics {
  const trip = emptyStatistics()
  const length = tripSpread * random.normal()
  const tripS = Math.min(5 * 3600, Math.max(120, habits.tripMinutes * 60 * Math.exp(length)))
  const shares = roadShares({
    town: habits.roadLogits.town + roadSpread * random.normal(),
    country: habits.roadLogits.country + roadSpread * random.normal(),
    motorway: habits.roadLogits.motorway + roadSpread * random.normal() + longTripsMotorway * length,
  })
  const seen = box.hasImu && !random.chance(ungradable) ? box.gradable : 0
  for (const name of roadClasses) {
    const wholeS = shares[name] * tripS
    if (wholeS < leastS) continue
    const crawling = name === 'town' ? logistic(habits.crawlLogit + crawlSpread * random.normal()) : 0
    const movingS = Math.max(leastS, (1 - crawling) * wholeS)
    const seenOf = (seconds: number) => ({ imuS: seen * seconds, limitS: box.limitKnown * seconds })
    models[name].draw(trip, movingS, seenOf(movingS), random)
    if (crawling > 0) addCrawl(trip, crawling * wholeS, seenOf(crawling * wholeS))
  }
  trip.durationS = trip.movingS + trip.idleS
  trip.gradableM = trip.distanceM * seen
  addClock(trip, habits, random)
  const speeding = seen > 0 ? random.poisson(trip.overLimitS[1] / speedingS) : 0
  if (speeding > 0) trip.events = counted(trip.events, { kind: 'speeding', band: 'coach', grade: 'A' }, speeding)
  return trip
}

function addClock(trip: TripStatistics, { hours, weekendShare }: Person['habits'], random: Random): void {
  let rank = random.uniform()
  let hour = 0
  while (hour < 23 && rank >= hours[hour]!) rank -= hours[hour++]!
  let leftS = trip.movingS
  for (let s = 3600 * random.uniform(); leftS > 0; s = 3600) {
    const part = Math.min(s, leftS)
    trip.hourHistS[hour++ % 24]! += part
    leftS -= part
  }
  if (random.chance(weekendShare)) trip.weekendS = trip.movingS
}
