import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { issueReceiptV1 } from '@fairmile/models/pricing/receipt-v1-example.ts'
import { sampleDevices } from '../demos/samples/people.ts'
import { issueSample, sampleInput, sampleReceipt } from '../demos/samples/pricing.ts'
import { sampleWhatIf } from '../demos/samples/reasons.ts'
import { sampleEvents, sampleTrip } from '../demos/samples/trips.ts'
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
    await page.locator('fm-score-recommendations').getByText('−€2.10').waitFor()
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

  it('a page has a title, takes the focus to its heading, and can be jumped to past the bar', async () => {
    const { page, problems } = await pages.visit('/')
    await page.getByRole('link', { name: 'Trips', exact: true }).click()
    const focused = page.getByRole('heading', { name: 'Trips', level: 1 })
    await focused.waitFor()
    await page.waitForFunction(() => document.title === 'Trips · Fairmile')
    await page.waitForFunction(() => {
      let at: Element | null = document.activeElement
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
      return at?.tagName === 'H1'
    })
    await page.reload()
    await focused.waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.querySelector('fm-app')?.shadowRoot?.activeElement?.tagName === 'MAIN')
    assert.deepEqual(problems, [])
  })

  it('a trip says what the term costs with it and without it, and nothing where it is in no price', async () => {
    const premium = { tripId: sampleTrip.id, policyId: 'POL-1', currency: 'EUR' }
    pages.cloud.answers.set(`/trips/${sampleTrip.id}/premium`, {
      ...premium,
      ...{ withMinor: 484, withoutMinor: 22, differenceMinor: 462 },
    })
    const { page, problems } = await pages.visit(`/trips/${sampleTrip.id}`)
    await page.getByText('With this trip your term so far costs €4.84, without it €0.22: €4.62 more.').waitFor()
    pages.cloud.answers.set('/drivers/DRV-0001/what-if', sampleWhatIf)
    const asked = page.waitForRequest((request) => request.method() === 'POST')
    await page.getByRole('button', { name: 'What if the event in your score had not been?' }).click()
    assert.deepEqual((await asked).postDataJSON(), { changes: [], withoutEvents: ['EVT-BRAKE0000001'] })
    await page.getByText('A month would cost €14.05 instead of €14.57.').waitFor()
    pages.cloud.answers.clear()
    await page.reload()
    await page.getByRole('heading', { name: 'Events' }).waitFor()
    await page.waitForLoadState('networkidle')
    assert.equal(await page.getByText('With this trip').count(), 0)
    assert.deepEqual(problems, [])
  })

  it('the event that counts opens first; another one is in the address, so that Back and a reload keep it', async () => {
    const { page, problems } = await pages.visit(`/trips/${sampleTrip.id}`)
    const shown = page.locator('fm-event-detail .head')
    await shown.getByText('Hard brake').waitFor()
    await page.getByRole('button', { name: 'Contest this event' }).click()
    await page.getByLabel('What happened?').fill('A child')
    await page.getByRole('button', { name: /Firm corner/ }).click()
    await shown.getByText('Firm corner').waitFor()
    assert.match(page.url(), /\?event=EVT-CORNER000001$/)
    await page.goBack()
    await shown.getByText('Hard brake').waitFor()
    assert.equal(await page.getByLabel('What happened?').inputValue(), 'A child')
    await page.goForward()
    await page.reload()
    await shown.getByText('Firm corner').waitFor()
    assert.deepEqual(problems, [])
  })

  it('on a phone who chooses an event is taken to its evidence', async () => {
    const { page } = await pages.visit(`/trips/${sampleTrip.id}`, { viewport: { width: 390, height: 844 } })
    await page.getByRole('button', { name: /Firm corner/ }).click()
    const heading = page.getByRole('heading', { name: 'Evidence' })
    await page.waitForFunction(() => {
      let at: Element | null = document.activeElement
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
      return at?.textContent === 'Evidence'
    })
    const { y } = (await heading.boundingBox()) ?? assert.fail()
    assert.ok(y >= 0 && y < 844, `the heading is at ${y}`)
  })

  it('an upheld event is not shown as one that counts', async () => {
    const events = sampleEvents.map((event) => ({ ...event, contest: 'upheld' }))
    pages.cloud.answers.set(`/trips/${sampleTrip.id}/events`, { items: events })
    const { page } = await pages.visit(`/trips/${sampleTrip.id}`)
    const list = page.locator('fm-event-list')
    await list.getByText('does not count: contest upheld').first().waitFor()
    assert.equal(await list.locator('.counts').count(), 0)
    assert.equal(await page.locator('fm-trip-track path[fill="var(--risk-3)"]').count(), 0)
  })

  it('the dashboard lists the five events that tell most, and says how many there are', async () => {
    const [brake] = sampleEvents
    const items = Array.from({ length: 74 }, (_, n) => ({ ...brake, id: `EVT-${n}`, band: n === 60 ? 'count' : 'log' }))
    pages.cloud.answers.set(`/trips/${sampleTrip.id}/events`, { items })
    const { page } = await pages.visit('/')
    const list = page.locator('fm-event-list')
    await list.getByText('counts, A').waitFor()
    assert.equal(await list.getByRole('button').count(), 5)
    await page.getByText('all 74 are on the trip’s page').waitFor()
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
    pages.cloud.answers.set(`/drivers/DRV-0001/receipts/${sampleReceipt.id}`, first)
    await page.reload()
    await page.getByRole('button', { name: 'Check this price yourself' }).click()
    await page.getByText('Nobody signed this receipt.').waitFor()
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
