import { tripEndReasons } from '../trip.ts'
import { bandType, gradeType, kindType, maybeDouble } from './judgement.ts'

const doubles = { type: 'array' as const, items: 'double' }

const tripStarted = {
  type: 'record' as const,
  name: 'fairmile.v1.TripStarted',
  fields: [
    { name: 'tripId', type: 'string' },
    { name: 'startAt', type: 'long' },
    { name: 'lat', type: maybeDouble },
    { name: 'lon', type: maybeDouble },
  ],
}

/** Columns of `points` values each, packed as in `columns/column.ts` at the resolutions of `columns/trace.ts`. */
const trace = {
  type: 'record' as const,
  name: 'fairmile.v1.EventTrace',
  fields: [
    { name: 'points', type: 'int' },
    ...['offsetMs', 'speedMps', 'aLong', 'aLat', 'lat', 'lon'].map((name) => ({ name, type: 'bytes' })),
  ],
}

const drivingEvent = {
  type: 'record' as const,
  name: 'fairmile.v1.DrivingEvent',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'tripId', type: 'string' },
    { name: 'kind', type: kindType },
    { name: 'startAt', type: 'long' },
    { name: 'endAt', type: 'long' },
    { name: 'peak', type: 'double' },
    { name: 'band', type: bandType },
    { name: 'grade', type: gradeType },
    { name: 'gradeReasons', type: { type: 'array' as const, items: 'string' } },
    { name: 'lat', type: maybeDouble },
    { name: 'lon', type: maybeDouble },
    { name: 'startSpeedMps', type: maybeDouble },
    { name: 'endSpeedMps', type: maybeDouble },
    { name: 'limitKmh', type: maybeDouble },
    { name: 'trace', type: ['null', trace] },
  ],
}

const eventCount = {
  type: 'record' as const,
  name: 'fairmile.v1.EventCount',
  fields: [
    { name: 'kind', type: 'fairmile.v1.EventKind' },
    { name: 'band', type: 'fairmile.v1.Band' },
    { name: 'grade', type: 'fairmile.v1.Grade' },
    { name: 'count', type: 'long' },
  ],
}

const statistics = {
  type: 'record' as const,
  name: 'fairmile.v1.TripStatistics',
  fields: [
    ...['distanceM', 'gradableM', 'durationS', 'movingS', 'idleS'].map((name) => ({ name, type: 'double' })),
    { name: 'stops', type: 'long' },
    ...['speedMaxMps', 'speedSum', 'speedSquareSum'].map((name) => ({ name, type: 'double' })),
    { name: 'speedHistS', type: doubles },
    { name: 'imuS', type: 'double' },
    { name: 'aLongHistS', type: doubles },
    { name: 'aLatHistS', type: doubles },
    ...['aLongSquareSum', 'aLatSquareSum'].map((name) => ({ name, type: 'double' })),
    { name: 'jerkHistS', type: doubles },
    { name: 'jerkSquareSum', type: 'double' },
    { name: 'hourHistS', type: doubles },
    ...['weekendS', 'limitKnownS'].map((name) => ({ name, type: 'double' })),
    { name: 'overLimitS', type: doubles },
    ...['phoneS', 'phoneKnownS', 'riskSum', 'riskS'].map((name) => ({ name, type: 'double' })),
    { name: 'events', type: { type: 'array' as const, items: eventCount } },
  ],
}

const trip = {
  type: 'record' as const,
  name: 'fairmile.v1.Trip',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'startAt', type: 'long' },
    { name: 'endAt', type: 'long' },
    {
      name: 'endReason',
      type: { type: 'enum' as const, name: 'fairmile.v1.TripEndReason', symbols: [...tripEndReasons] },
    },
    ...['startLat', 'startLon', 'endLat', 'endLon'].map((name) => ({ name, type: maybeDouble })),
    { name: 'firstSeq', type: 'long' },
    { name: 'lastSeq', type: 'long' },
    { name: 'thresholdsHash', type: 'string' },
    { name: 'statistics', type: statistics },
  ],
}

/** A record of the `trips` lane: one of the three. */
export const tripsSchema = [tripStarted, drivingEvent, trip]
