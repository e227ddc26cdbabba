import { html } from 'lit'
import '../src/components/trip-track.ts'
import '../src/components/view-state.ts'
import type { Demo } from './demo.ts'
import { brakeAtS, samplePath } from './samples/drive.ts'
import { sampleEvents, sampleTrip } from './samples/trips.ts'

const cursorS = Date.parse(sampleTrip.startAt) / 1000 + brakeAtS + 200

export const demo: Demo = {
  'with events and cursor': () =>
    html`<fm-trip-track .points=${samplePath.points} .startAt=${sampleTrip.startAt} .events=${sampleEvents} .cursorS=${cursorS}></fm-trip-track>`,
  'no positions': () => html`<fm-trip-track .points=${[]} .startAt=${sampleTrip.startAt}></fm-trip-track>`,
}
