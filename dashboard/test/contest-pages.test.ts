import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleContest, sampleEvidence, samplePendingDetail } from '../demos/samples/contests.ts'
import { sampleEventDetail, sampleEvents, sampleTrip } from '../demos/samples/trips.ts'
import { tripPath } from '../src/controllers/routes.ts'
import { noBrowser } from './browser.ts'
import { scratchPages } from './scratch-pages.ts'

describe('pages of contests', { skip: noBrowser }, () => {
  const pages = scratchPages()

  it('an event is contested on its trip, and the contest is followed', async () => {
    const { page, problems } = await pages.visit(tripPath(sampleTrip.id, sampleContest.eventId))
    await page.getByText('typically right to').waitFor()
    await page.getByText('Slope of the road').waitFor()
    await page.getByRole('button', { name: 'Contest this event' }).click()
    await page.getByLabel('Why is it wrong?').selectOption('emergency')
    await page.getByLabel('What happened?').fill(sampleContest.text)
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    pages.cloud.answers.set(`/events/${sampleContest.eventId}/trace`, sampleEvidence(sampleContest))
    const [brake = assert.fail()] = sampleEvents
    pages.cloud.answers.set(`/events/${brake.id}`, { ...sampleEventDetail(brake), contest: 'open' })
    await page.getByRole('button', { name: 'Contest', exact: true }).click()
    assert.deepEqual((await sent).postDataJSON(), { reason: 'emergency', text: sampleContest.text })
    await page.getByText('contested, counts for nothing').waitFor()
    await page.getByText('What it does to score and premium').click()
    await page.locator('fm-contests-page').getByRole('cell', { name: '€215.60' }).waitFor()
    assert.deepEqual(problems, [])
  })

  it('an admin rules on a contest by its evidence and what hangs on it, with grounds', async () => {
    const { page, problems } = await pages.visit('/rulings', { email: 'admin@example.com' })
    await page.getByText('the premium to date would be €1.84 higher').waitFor()
    await page.locator('fm-event-detail').getByText('Grade A.').waitFor()
    await page.getByLabel('Grounds').fill('The trace shows what the driver tells.')
    await page.getByRole('button', { name: 'Reject' }).click()
    await page.getByText('A ruling is not taken back.').waitFor()
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    await page.getByRole('button', { name: 'Yes, reject' }).click()
    const body = { version: 1, ruling: 'rejected', grounds: 'The trace shows what the driver tells.' }
    assert.deepEqual((await sent).postDataJSON(), body)
    assert.deepEqual(problems, [])
  })

  it('of an unscored driver, a contest is told in money alone', async () => {
    const { effect } = samplePendingDetail
    const unscored = effect && { ...effect, risk: null, without: { ...effect.without, risk: null } }
    pages.cloud.answers.set(`/contests/${samplePendingDetail.id}`, { ...samplePendingDetail, effect: unscored })
    const { page } = await pages.visit('/rulings', { email: 'admin@example.com' })
    await page.getByText('€1.84 higher; too few kilometres were judged for a safety score.').waitFor()
  })

  it('Enter in a field rules on nothing', async () => {
    const contest = { ...samplePendingDetail, reason: 'not_me' }
    pages.cloud.answers.set(`/contests/${contest.id}`, contest)
    const { page } = await pages.visit('/rulings', { email: 'admin@example.com' })
    await page.getByLabel('Grounds').fill('The trace shows what the driver tells.')
    const posts: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(request.url())
    })
    await page.getByLabel('Who drove').fill('DRV-0002')
    await page.getByLabel('Who drove').press('Enter')
    await page.getByRole('button', { name: 'Uphold' }).click()
    await page.getByRole('button', { name: 'Not yet' }).click()
    await page.getByRole('button', { name: 'Uphold' }).waitFor()
    assert.deepEqual(posts, [])
  })

  it('an admin who puts a limit right is asked in words that the event may count by it', async () => {
    const event = { ...samplePendingDetail.event, kind: 'speeding' }
    const contest = { ...samplePendingDetail, reason: 'wrong_limit', limitKmh: 70, event }
    pages.cloud.answers.set(`/contests/${contest.id}`, contest)
    const { page } = await pages.visit('/rulings', { email: 'admin@example.com' })
    await page.getByLabel('Grounds').fill('The sign says 70 since March.')
    await page.getByRole('button', { name: 'Uphold' }).click()
    const asked = page.locator('fm-ruling-form').getByRole('status')
    assert.match(await asked.innerText(), /limit is put right for everyone.*may still be speeding and count/)
    assert.doesNotMatch(await asked.innerText(), /counts for nothing/)
    await page.getByRole('button', { name: 'Not yet' }).click()
    await page.getByRole('button', { name: 'Reject' }).click()
    assert.match(await asked.innerText(), /^Reject it: the event counts as before/)
  })

  it('settled contests are found by their state, which the address keeps', async () => {
    const { page } = await pages.visit('/rulings', { email: 'admin@example.com' })
    const asked = page.waitForRequest(/contests\?.*state=upheld/)
    await page.getByLabel('Show').selectOption('upheld')
    await asked
    await page.waitForURL(/\?state=upheld$/)
    pages.cloud.answers.set('/contests', { items: [], nextCursor: null })
    await page.getByLabel('Show').selectOption('rejected')
    await page.getByText('There is none of these.').waitFor()
  })
})
