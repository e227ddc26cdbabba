import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import type { Trip } from '@fairmile/contract/http/trips.ts'
import { sampleSeconds } from '../demos/samples/drive.ts'
import { sampleScore } from '../demos/samples/people.ts'
import { sampleEvents, sampleTrip } from '../demos/samples/trips.ts'
import { noBrowser } from './browser.ts'
import { drivingUpdate } from './driving-update.ts'
import { scratchPages } from './scratch-pages.ts'

const startMs = Date.now() - 300_000
const iso = (second: number): string => new Date(startMs + second * 1000).toISOString()
const open: Trip = {
  ...sampleTrip,
  id: 'TRP-OPEN00000000',
  startAt: iso(0),
  endAt: null,
  endReason: null,
  distanceM: null,
  gradableM: null,
  durationS: null,
  movingS: null,
  speedMaxMps: null,
  meanLiveRisk: null,
  events: [{ kind: 'harsh_braking', band: 'coach', grade: 'A', count: 1 }],
}
const brake = { ...sampleEvents[0]!, tripId: open.id, band: 'coach', startAt: iso(200), endAt: iso(202) }

describe('open trip', { skip: noBrowser }, () => {
  const pages = scratchPages()
  const storedTo = (second: number): void => {
    pages.cloud.answers.set(`/trips/${open.id}/path`, { tripId: open.id, points: sampleSeconds.slice(1, second + 1) })
  }
  beforeEach(() => {
    pages.cloud.answers.set(`/trips/${open.id}`, open)
    pages.cloud.answers.set(`/trips/${open.id}/events`, { items: [brake] })
    pages.cloud.answers.set('/drivers/DRV-0001/trips', { items: [open, sampleTrip], nextCursor: null })
    storedTo(260)
  })

  it('live is filled from what is stored, says what is missing, and reads that when the car has sent it', async () => {
    const { page, problems } = await pages.visit('/live')
    await page.getByText('The car is silent.').waitFor()
    const drive = (second: number) => pages.cloud.send(drivingUpdate({ tripId: open.id, at: startMs + second * 1000 }))
    drive(300)
    await page.locator('fm-live-alerts').getByText('Firm brake').waitFor()
    await page.getByRole('note').getByText('has not arrived yet').waitFor()
    const rows = page.getByRole('slider', { name: /last three minutes/ })
    assert.equal(await rows.getAttribute('aria-valuemax'), '261')
    pages.cloud.send({
      type: 'safety_alert',
      driverId: 'DRV-0001',
      deviceId: 'DEV-0001',
      at: startMs + 201_000,
      kind: brake.kind,
      band: 'coach',
      value: brake.peak,
      eventId: brake.id,
      tripId: open.id,
    })
    storedTo(299)
    await page.clock.setFixedTime(Date.now() + 11_000)
    drive(301)
    await page.getByRole('note').waitFor({ state: 'detached' })
    assert.equal(await rows.getAttribute('aria-valuemax'), '300')
    assert.equal(await page.locator('fm-live-alerts li').count(), 1)
    assert.deepEqual(problems, [])
  })

  it('its page gives no figures that come when it ends', async () => {
    const { page, problems } = await pages.visit(`/trips/${open.id}`)
    await page.getByText('Distance, speeds and risk come when it ends.').waitFor()
    assert.equal(await page.getByText('unknown').count(), 0)
    assert.deepEqual(problems, [])
  })

  it('the head of the dashboard counts ended trips only', async () => {
    const { page } = await pages.visit('/')
    await page.getByText(/^Your last trip, \d+\.\d km\./).waitFor()
    pages.cloud.answers.set('/drivers/DRV-0001/trips', { items: [open], nextCursor: null })
    await page.reload()
    await page.getByText('Your first trip is under way.').waitFor()
  })

  it('a score on no judged kilometre is no number', async () => {
    pages.cloud.answers.set('/drivers/DRV-0001/score', { ...sampleScore, judgedKm: 0 })
    const { page } = await pages.visit('/')
    await page.locator('fm-score-card').getByText('Could not be judged').waitFor()
    assert.equal(await page.locator('fm-score-card .big').count(), 0)
  })

  it('a trip without a position has an unknown distance', async () => {
    const dark = { ...sampleTrip, distanceM: 0, gradableM: 0, speedMaxMps: 0 }
    pages.cloud.answers.set(`/trips/${dark.id}`, dark)
    pages.cloud.answers.set('/drivers/DRV-0001/trips', { items: [dark], nextCursor: null })
    const { page } = await pages.visit('/')
    await page.getByText('Your last trip, distance unknown').waitFor()
    await page.getByRole('heading', { name: /^Last trip, distance unknown/ }).waitFor()
    assert.equal(await page.getByText(/\b0\.0\s*km/).count(), 0)
  })
})
