import { BatchError } from './batch-error.ts'
import type { CrashRecord } from './crash.ts'
import type { DrivingEvent } from './driving-event.ts'
import type { Alert, TripsRecord, UrgentRecord } from './records.ts'
import { isStorable } from './storable.ts'
import { accelerationBinsG, jerkBinsMps3, speedBinsKmh, type TripRecord } from './trip.ts'

/** 1970 to 2100 in UTC epoch milliseconds. */
const lastAt = 4_102_444_800_000
const maxText = 200

/** Throws `out_of_range` where a record of the `urgent` lane holds what cannot be. */
export function checkUrgent(record: UrgentRecord): void {
  if (record.type === 'crash') checkCrash(record.crash)
  else checkAlert(record.alert)
}

function checkAlert(alert: Alert): void {
  id('eventId', alert.eventId)
  id('tripId', alert.tripId)
  within('at', alert.at, 0, lastAt)
  within('value', alert.value, -1e6, 1e6)
  speed('speedMps', alert.speedMps)
  place(alert.lat, alert.lon)
}

function checkCrash({ eventId, tripId, at, deltaVMps, directionDeg, peakMps2, rateHz, fromMs }: CrashRecord): void {
  id('eventId', eventId)
  id('tripId', tripId)
  within('at', at, 0, lastAt)
  within('deltaVMps', deltaVMps, 0, 150)
  if (directionDeg !== null) within('directionDeg', directionDeg, 0, 360)
  within('peakMps2', peakMps2, 0, 10_000)
  within('rateHz', rateHz, 0, 100_000)
  within('fromMs', fromMs, -600_000, 600_000)
}

/** Throws `out_of_range` where a record of the `trips` lane holds what cannot be. */
export function checkTrips(record: TripsRecord): void {
  if (record.type === 'event') checkEvent(record.event)
  else if (record.type === 'trip') checkTrip(record.trip)
  else {
    id('tripId', record.tripId)
    within('startAt', record.startAt, 0, lastAt)
    place(record.lat, record.lon)
  }
}

/** Throws `out_of_range` where a raw chunk has a time that cannot be; its columns check themselves. */
export function checkRaw(at: number): void {
  within('at', at, 0, lastAt)
}

function checkEvent(event: DrivingEvent): void {
  id('id', event.id)
  id('tripId', event.tripId)
  within('startAt', event.startAt, 0, lastAt)
  within('endAt', event.endAt, event.startAt, lastAt)
  within('peak', event.peak, -1e6, 1e6)
  for (const reason of event.gradeReasons) text('grade reason', reason)
  within('number of grade reasons', event.gradeReasons.length, 0, 50)
  place(event.lat, event.lon)
  speed('startSpeedMps', event.startSpeedMps)
  speed('endSpeedMps', event.endSpeedMps)
  if (event.limitKmh !== null) within('limitKmh', event.limitKmh, 1, 300)
}

function checkTrip(trip: TripRecord): void {
  id('id', trip.id)
  within('startAt', trip.startAt, 0, lastAt)
  within('endAt', trip.endAt, trip.startAt, lastAt)
  place(trip.startLat, trip.startLon)
  place(trip.endLat, trip.endLon)
  text('thresholdsHash', trip.thresholdsHash)
  const { statistics } = trip
  const lengths = {
    speedHistS: speedBinsKmh.length + 1,
    aLongHistS: accelerationBinsG.length + 1,
    aLatHistS: accelerationBinsG.length + 1,
    jerkHistS: jerkBinsMps3.length + 1,
    hourHistS: 24,
    overLimitS: 3,
  }
  for (const [name, length] of Object.entries(lengths))
    within(`length of ${name}`, statistics[name as keyof typeof lengths].length, length, length)
  for (const [name, value] of Object.entries(statistics)) {
    if (name === 'events') continue
    for (const number of Array.isArray(value) ? value : [value]) within(name, number, 0, 1e15)
  }
  for (const { count } of statistics.events) within('count', count, 0, 1e6)
}

/** Ids are letters, digits and dashes: safe in topics, pages, logs and spreadsheets. */
function id(name: string, value: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(value))
    throw new BatchError('out_of_range', `${name} is ${JSON.stringify(value.slice(0, maxText))}, expected an id`)
}

function text(name: string, value: string): void {
  within(`length of ${name}`, value.length, 1, maxText)
  if (!isStorable(value))
    throw new BatchError(
      'out_of_range',
      `${name} is ${JSON.stringify(value)}, expected text without a NUL or half a character`,
    )
}

function speed(name: string, value: number | null): void {
  if (value !== null) within(name, value, 0, 150)
}

function place(lat: number | null, lon: number | null): void {
  if (lat !== null) within('lat', lat, -90, 90)
  if (lon !== null) within('lon', lon, -180, 180)
}

function within(name: string, value: number, min: number, max: number): void {
  if (!(value >= min && value <= max))
    throw new BatchError('out_of_range', `${name} is ${value}, expected ${min} to ${max}`)
}
