import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { issueReceiptV1 } from '@fairmile/models/pricing/receipt-v1-example.ts'
import { sampleContest, sampleEvidence, samplePendingDetail } from '../demos/samples/contests.ts'
import { sampleDevices } from '../demos/samples/people.ts'
import { issueSample, sampleInput, sampleReceipt } from '../demos/samples/pricing.ts'
import { sampleTrip } from '../demos/samples/trips.ts'
import { tripPath } from '../src/controllers/routes.ts'
import { logIn, noBrowser } from './browser.ts'
import { publishedModel } from './published-model.ts'
import { scratchPages } from './scratch-pages.ts'

describe('pages', { skip: noBrowser }, () => {
  const pages = scratchPages()

  it('log-in says what is wrong, leads to the page that was asked for, and log-out leads back', async () => {
    const { page, problems } = await pages.visit('/profile', { email: null })
    await logIn(page, 'driver@example.com', 'wrong')
    await page.getByRole('alert').getByText('E-mail or password are not right').waitFor()
    await logIn(page, 'driver@example.com')
    await page.getByRole('heading', { name: 'Profile' }).waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Log out' }).click()
    await page.getByRole('heading', { name: 'Log in' }).waitFor()
    assert.deepEqual(problems, [])
  })

  it('dashboard shows one number, one price and what would help, and links to the evidence', async () => {
    const { page, problems } = await pages.visit('/')
    await page.locator('fm-score-card').getByText('± 3 of 100').waitFor()
    await page.locator('fm-premium-card').getByText('a month').waitFor()
    await page.locator('fm-advice-card').getByText('Hard brakes: 0.8 in 100 km').waitFor()
    await page.getByRole('button', { name: /Firm corner/ }).click()
    await page.waitForURL(/trips\/.*event=EVT-CORNER/)
    await page
      .locator('fm-event-detail')
      .getByText('the position was not good enough')
      .or(page.getByText('Firm corner, 0.44'))
      .first()
      .waitFor()
    await page.goBack()
    await page.locator('fm-dashboard-page').waitFor()
    assert.deepEqual(problems, [])
  })

  it('an event is contested on its trip, and the contest is followed', async () => {
    const { page, problems } = await pages.visit(tripPath(sampleTrip.id, sampleContest.eventId))
    await page.getByText('accelerations within').waitFor()
    await page.getByText('Slope of the road').waitFor()
    await page.getByRole('button', { name: 'Contest this event' }).click()
    await page.getByLabel('Why is it wrong?').selectOption('emergency')
    await page.getByLabel('What happened?').fill(sampleContest.text)
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    pages.cloud.answers.set(`/events/${sampleContest.eventId}/trace`, sampleEvidence(sampleContest))
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

  it('Enter in a field rules on nothing', async () => {
    const { page } = await pages.visit('/rulings', { email: 'admin@example.com' })
    const contest = { ...samplePendingDetail, reason: 'not_me' }
    pages.cloud.answers.set(`/contests/${contest.id}`, contest)
    await page.reload()
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

  it('trip has one cursor for charts and way, by keys too, and a table behind', async () => {
    const { page, problems } = await pages.visit(`/trips/${sampleTrip.id}`)
    const chart = page.getByRole('slider', { name: /over the trip/ })
    await chart.focus()
    await page.keyboard.press('Home')
    assert.equal(await chart.getAttribute('aria-valuenow'), '0')
    await page.keyboard.press('PageUp')
    assert.equal(await chart.getAttribute('aria-valuenow'), '10')
    assert.match((await chart.getAttribute('aria-valuetext')) ?? '', /speed \d+.km\/h, limit 30.km\/h, along/)
    await page.locator('fm-trip-track circle[fill="var(--focus)"]').waitFor()
    await page
      .locator('fm-trip-track svg')
      .first()
      .hover({ position: { x: 200, y: 40 } })
    await page.waitForFunction((before) => {
      const find = (root: ParentNode): Element | null =>
        root.querySelector('[role=slider]') ??
        [...root.querySelectorAll('*')].map((node) => node.shadowRoot && find(node.shadowRoot)).find(Boolean) ??
        null
      return find(document)?.getAttribute('aria-valuenow') !== before
    }, '10')
    await page.getByText('Show as a table').first().click()
    await page.getByRole('columnheader', { name: 'speed, km/h' }).waitFor()
    assert.deepEqual(problems, [])
  })

  it('price is worked out again in the browser; a forged receipt is found by its step', async () => {
    const { page, problems } = await pages.visit('/price')
    const check = page.getByRole('button', { name: 'Check this price yourself' })
    await check.click()
    await page.getByText('so its result was taken from the receipt').waitFor()
    await page.getByText('Signed by your insurer with its published key').waitFor()
    await page.getByText('whose root is published').waitFor()
    await page.getByText('Billed to 30 November').waitFor()
    const steps = sampleReceipt.steps.map((step) => (step.name === 'discount' ? { ...step, value: 1 } : step))
    pages.cloud.answers.set(`/drivers/DRV-0001/receipts/${sampleReceipt.id}`, { ...sampleReceipt, steps })
    await page.reload()
    await check.click()
    await page.getByText('It differs at “Your discount”.').waitFor()
    await page.getByText('Your discount (differs)').waitFor()
    assert.deepEqual(problems, [])
  })

  it('price is re-derived from trips to the last cent by the model that is published with the pages', async () => {
    const { receipt } = issueSample(publishedModel())
    pages.cloud.answers.set(`/drivers/DRV-0001/receipts/${sampleReceipt.id}`, receipt)
    const { page, problems } = await pages.visit('/price')
    await page.getByRole('button', { name: 'Check this price yourself' }).click()
    await page.getByText('From your trips by way of the features').waitFor()
    assert.deepEqual(problems, [])
  })

  it('price of a receipt of the first format is checked against the one before, which the page fetches', async () => {
    const input = { ...sampleInput, model: publishedModel() }
    const first = issueReceiptV1({ ...input, before: null }).receipt
    const raised = issueReceiptV1({ ...input, before: { receiptId: first.id, premiumMinor: 999_999 } }).receipt
    pages.cloud.answers.set(`/drivers/DRV-0001/receipts/${sampleReceipt.id}`, raised)
    pages.cloud.answers.set(`/drivers/DRV-0001/receipts/${first.id}`, first)
    const { page, problems } = await pages.visit('/price')
    await page.getByRole('button', { name: 'Check this price yourself' }).click()
    await page.getByText('It differs at “Receipt before”.').waitFor()
    assert.deepEqual(problems, [])
  })

  it('trips are read a page at a time', async () => {
    const { page } = await pages.visit('/trips')
    const rows = page.locator('fm-trips-table tbody tr')
    await rows.first().waitFor()
    assert.equal(await rows.count(), 20)
    await page.getByRole('button', { name: 'Older trips' }).click()
    await rows.nth(30).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Older trips' }).count(), 0)
  })

  it('admin sees devices with their state and the way to what could not be stored, and no driver pages', async () => {
    const { page, problems } = await pages.visit('/devices', { email: 'admin@example.com' })
    await page.getByText('unclaimed').waitFor()
    await page.getByRole('link', { name: 'dead messages', exact: true }).click()
    await page.getByText('bad_signature').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Price' }).count(), 0)
    assert.deepEqual(problems, [])
  })

  it('admin sees what a device found, worst first with what to do, and asks it to look again', async () => {
    const { page, problems } = await pages.visit('/devices', { email: 'admin@example.com' })
    await page.getByRole('button', { name: sampleDevices[0]!.id }).click()
    await page.getByText('2 of 5 need a look.').waitFor()
    const rows = page.locator('fm-device-care tbody tr')
    assert.match(await rows.first().innerText(), /map\s+failed\s+.*make one with fairmile-agent maps build/s)
    assert.equal(await rows.count(), 5)
    await page.getByRole('button', { name: 'Ask the doctor' }).click()
    await page.getByText('Asked. The report is here').waitFor()
    assert.deepEqual(problems, [])
  })

  it('admin sees what a plan does and would do, and approves the one that was seen', async () => {
    const { page, problems } = await pages.visit('/plans', { email: 'admin@example.com' })
    await page.getByRole('button', { name: 'fairmile-2', exact: true }).click()
    await page.getByText('Only kilometres are rated: no factor and no discount.').waitFor()
    assert.equal(await page.locator('fm-plan-simulation li').count(), 11)
    const asked = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/approve'))
    await page.getByLabel('Why, for those who ask later').fill('seen')
    await page.getByRole('button', { name: 'Approve fairmile-2' }).click()
    assert.deepEqual((await asked).postDataJSON(), { hash: 'a'.repeat(64), note: 'seen' })
    await page.getByText('fairmile-2 is approved: policies may be written under it.').waitFor()
    assert.deepEqual(problems, [])
  })
})
