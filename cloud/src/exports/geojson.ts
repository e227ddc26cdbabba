import { type Column, momentText, type Row, type Value } from './columns.ts'
import type { Drives, Source } from './sources.ts'

/** Writes drives and what else is kept as a FeatureCollection (RFC 7946): trips as lines, events as points, the rest without a place. */
export async function* geoJsonPieces(
  name: string,
  { trips, events, secondsOf }: Drives,
  others: readonly Source[],
): AsyncGenerator<string> {
  yield `{"type":"FeatureCollection","name":${JSON.stringify(name)},"features":[`
  let comma = ''
  const next = (): string => {
    const before = comma
    comma = ',\n'
    return before
  }
  for await (const trip of trips.rows) {
    const { trip_id } = trip
    yield `${next()}{"type":"Feature","id":${JSON.stringify(trip_id)},"properties":${properties(trips, trip)},"geometry":`
    yield* line(secondsOf(String(trip_id)))
    yield '}'
  }
  for (const source of [events, ...others])
    for await (const row of source.rows)
      yield `${next()}{"type":"Feature","properties":${properties(source, row)},"geometry":${point(row)}}`
  yield ']}\n'
}

/** A line where there are two places, a point where there is one. */
async function* line(seconds: AsyncIterable<Row>): AsyncGenerator<string> {
  let first: string | null = null
  let count = 0
  for await (const second of seconds) {
    const place = position(second)
    if (place === null) continue
    count++
    if (count === 1) first = place
    else yield count === 2 ? `{"type":"LineString","coordinates":[${first},${place}` : `,${place}`
  }
  if (count === 0) yield 'null'
  else yield count === 1 ? `{"type":"Point","coordinates":${first}}` : ']}'
}

const point = (row: Row): string => {
  const place = position(row)
  return place === null ? 'null' : `{"type":"Point","coordinates":${place}}`
}

/** Longitude, latitude, and the height where it is known. */
function position({ lat, lon, alt_m }: Row): string | null {
  if (typeof lat !== 'number' || typeof lon !== 'number') return null
  return typeof alt_m === 'number' ? `[${lon},${lat},${alt_m}]` : `[${lon},${lat}]`
}

function properties({ record, columns }: Source, row: Row): string {
  const fields = columns.map((column) => `,${JSON.stringify(column.name)}:${written(column, row[column.name] ?? null)}`)
  return `{"record":${JSON.stringify(record)}${fields.join('')}}`
}

function written({ type }: Column, value: Value): string {
  if (value === null) return 'null'
  if (type === 'time') return JSON.stringify(momentText(Number(value)))
  return type === 'json' ? String(value) : JSON.stringify(value)
}
