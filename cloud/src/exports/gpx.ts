import { momentText, type Row } from './columns.ts'
import type { Drives } from './sources.ts'

/** Seconds without a position after which a track is drawn anew, ms. */
const gapMs = 10_000
const head = `<?xml version="1.0" encoding="UTF-8"?>
<gpx version="1.1" creator="Fairmile" xmlns="http://www.topografix.com/GPX/1/1" xmlns:tpx="http://www.garmin.com/xmlschemas/TrackPointExtension/v2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.topografix.com/GPX/1/1 http://www.topografix.com/GPX/1/1/gpx.xsd">
`

/** Writes drives as GPX 1.1: events as waypoints, trips as tracks with time, height and speed. @param name of the file, as its metadata */
export async function* gpxLines(name: string, { trips, events, secondsOf }: Drives): AsyncGenerator<string> {
  yield `${head}<metadata><name>${escaped(name)}</name></metadata>\n`
  for await (const event of events.rows) if (hasPlace(event)) yield waypoint(event)
  for await (const trip of trips.rows) yield* track(trip, secondsOf(String(trip.trip_id)))
  yield '</gpx>\n'
}

async function* track(trip: Row, seconds: AsyncIterable<Row>): AsyncGenerator<string> {
  const { trip_id, device_id, policy_id, start_at } = trip
  const about = policy_id === null || policy_id === undefined ? '' : `, ${policy_id}`
  yield `<trk><name>${escaped(`${trip_id}`)}</name><desc>${escaped(`${momentText(Number(start_at))}${about}`)}</desc><src>${escaped(`${device_id}`)}</src><type>driving</type>\n`
  let lastMs: number | null = null
  for await (const second of seconds) {
    if (!hasPlace(second)) continue
    const atMs = Number(second.at)
    if (lastMs === null || Math.abs(atMs - lastMs) > gapMs) yield lastMs === null ? '<trkseg>\n' : '</trkseg><trkseg>\n'
    lastMs = atMs
    yield trackPoint(second)
  }
  yield lastMs === null ? '</trk>\n' : '</trkseg></trk>\n'
}

const hasPlace = ({ lat, lon }: Row): boolean => typeof lat === 'number' && typeof lon === 'number'

function trackPoint({ lat, lon, at, alt_m, speed_mps }: Row): string {
  const ele = alt_m === null ? '' : `<ele>${alt_m}</ele>`
  const speed =
    speed_mps === null
      ? ''
      : `<extensions><tpx:TrackPointExtension><tpx:speed>${speed_mps}</tpx:speed></tpx:TrackPointExtension></extensions>`
  return `<trkpt lat="${lat}" lon="${lon}">${ele}<time>${momentText(Number(at))}</time>${speed}</trkpt>\n`
}

function waypoint({ lat, lon, start_at, event_id, trip_id, kind, band, grade }: Row): string {
  const time = `<time>${momentText(Number(start_at))}</time>`
  const words = `${trip_id}, band ${band}, grade ${grade}`
  return `<wpt lat="${lat}" lon="${lon}">${time}<name>${escaped(`${event_id}`)}</name><desc>${escaped(words)}</desc><type>${escaped(`${kind}`)}</type></wpt>\n`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/** A text in XML 1.0, without the characters that it has no way to write. */
const escaped = (text: string): string =>
  text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '\u{FFFD}')
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? '')
