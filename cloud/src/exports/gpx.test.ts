import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Row } from './columns.ts'
import { gpxLines } from './gpx.ts'

async function* rows(...all: Row[]): AsyncGenerator<Row> {
  yield* all
}
const source = (record: string, ...all: Row[]) => ({ record, columns: [], rows: rows(...all) })
const second = (at: number, more: Row = {}): Row => ({ lat: 49, lon: 12, at, alt_m: null, speed_mps: null, ...more })
const trip = (name: string): Row => ({ trip_id: name, device_id: name, policy_id: name, start_at: 0 })
const event = (name: string): Row => ({
  ...{ lat: 49, lon: 12, start_at: 0, event_id: name, trip_id: name, kind: name, band: name, grade: name },
})

/** The file of one trip of so many seconds, with an event; everything that is text is called `name`. */
async function gpxOf(name: string, seconds: readonly Row[] = [second(0)]): Promise<string> {
  const drives = {
    trips: source('trip', trip(name)),
    events: source('event', event(name)),
    secondsOf: () => rows(...seconds),
  }
  let text = ''
  for await (const line of gpxLines(name, drives)) text += line
  return text
}

/** Texts of the elements that are called something, as a parser reads them. */
const textsOf = (xml: string, element: string): string[] =>
  [...xml.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, 'g'))].map(([, text = '']) =>
    text.replaceAll(
      /&(amp|lt|gt|quot|apos);/g,
      (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" })[name] ?? '',
    ),
  )

/** Characters that XML 1.0 allows. */
const allowed = /^[\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]*$/u

test('gpxLines writes no text as markup', async () => {
  const name = `</name><script>"&amp;" & 'x' ]]>`
  const xml = await gpxOf(name)
  assert.ok(!xml.includes('<script>') && !xml.includes(']]>'))
  assert.ok(xml.includes('&lt;/name&gt;&lt;script&gt;&quot;&amp;amp;&quot; &amp; &apos;x&apos; ]]&gt;'))
  assert.deepEqual(textsOf(xml, 'name'), [name, name, name])
  assert.deepEqual(textsOf(xml, 'desc'), [`${name}, band ${name}, grade ${name}`, `1970-01-01T00:00:00.000Z, ${name}`])
})

test('gpxLines replaces what XML has no way to write', async () => {
  const xml = await gpxOf('a\u0000b\u0007c\u001Bd\uFFFEe\uD800f\tg')
  assert.deepEqual(textsOf(xml, 'src'), ['a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf\tg'])
  assert.match(xml, allowed)
})

test('gpxLines keeps every text and every tag, whatever it is called', async () => {
  const shape = (xml: string) => xml.match(/<[^>]*>/g)
  const plain = shape(await gpxOf('x'))
  await fc.assert(
    fc.asyncProperty(
      fc.string({
        unit: fc.oneof(
          fc.constantFrom('<', '>', '&', '"', "'", '\0', ']'),
          fc.string({ unit: 'binary', maxLength: 1 }),
        ),
      }),
      async (name) => {
        const xml = await gpxOf(name)
        assert.match(xml, allowed)
        assert.deepEqual(shape(xml), plain)
        const told = name.toWellFormed()
        const [read = ''] = textsOf(xml, 'src')
        assert.equal(read.length, told.length)
        for (const [n, character] of [...told].entries())
          assert.ok(
            [character, '\uFFFD'].includes([...read][n] ?? ''),
            `${JSON.stringify(told)} as ${JSON.stringify(read)}`,
          )
      },
    ),
  )
})

test('gpxLines begins a track anew after ten seconds without a place, and leaves out what is unknown', async () => {
  const places = [
    second(0, { alt_m: 340.5 }),
    second(1_000, { lat: null }),
    second(10_000, { speed_mps: 0 }),
    second(20_001),
  ]
  const xml = await gpxOf('T', places)
  assert.equal(xml.match(/<trkseg>/g)?.length, 2)
  assert.deepEqual(textsOf(xml, 'ele'), ['340.5'])
  assert.deepEqual(textsOf(xml, 'tpx:speed'), ['0'])
  assert.equal(xml.match(/<trkpt /g)?.length, 3)
  assert.ok(!(await gpxOf('T', [])).includes('trkseg'))
})
