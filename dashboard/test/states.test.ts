import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LiveState } from '@fairmile/contract/live.ts'
import { sampleTrip } from '../demos/samples/trips.ts'
import { logIn, noBrowser } from './browser.ts'
import { drivingUpdate } from './driving-update.ts'
import { scratchPages } from './scratch-pages.ts'

const paths = [
  ...['/', '/score', '/live', '/trips', `/trips/${sampleTrip.id}`, '/price'],
  ...['/rewards', '/contests', '/notifications', '/profile'],
]

describe('states', { skip: noBrowser }, () => {
  const pages = scratchPages()

  const driving = (state: Partial<LiveState>): void => pages.cloud.send(drivingUpdate(state))

  it('live shows the car as it speaks, its alerts, and comes back after the connection was lost', async () => {
    const { page } = await pages.visit('/live')
    await page.getByText('The car is silent.').waitFor()
    driving({})
    await page.getByText('Car is moving').waitFor()
    await page.getByText('limit 50').first().waitFor()
    pages.cloud.send({
      type: 'safety_alert',
      driverId: 'DRV-0001',
      deviceId: 'DEV-0001',
      at: Date.now(),
      kind: 'harsh_braking',
      band: 'coach',
      value: 4.2,
      eventId: 'EVT-1',
      tripId: sampleTrip.id,
    })
    await page.locator('fm-live-alerts').getByText('Firm brake').waitFor()
    pages.cloud.letsIn = false
    pages.cloud.dropSockets()
    await page.getByText('Live connection lost').waitFor()
    pages.cloud.letsIn = true
    await pages.cloud.heard()
    driving({ at: Date.now() })
    await page.getByText('Car is moving').waitFor()
    driving({ at: Date.now() + 1, tripId: null, speedMps: 0 })
    await page.getByText('Car is parked').waitFor()
  })

  it('live shows the safety score of the trip so far, and says where there is none', async () => {
    const { page } = await pages.visit('/live')
    await page.getByText('The car is silent.').waitFor()
    const shown = page.locator('.now > div').filter({ hasText: 'Trip so far' })
    driving({})
    await shown.getByText('could not be judged yet').waitFor()
    driving({ at: Date.now() + 1, tripRisk: 27.6 })
    await shown.getByText('safety score, 100 is safest').waitFor()
    assert.equal(await shown.locator('.big').innerText(), '72of 100')
    driving({ at: Date.now() + 2, tripId: null, tripRisk: null })
    await shown.getByText('no trip is under way').waitFor()
  })

  it('a trip is over for the page when its score comes, and the dashboard is read anew', async () => {
    const { page } = await pages.visit('/')
    await page.locator('fm-score-card').waitFor()
    await pages.cloud.heard()
    driving({})
    await page.getByText('Car is moving').waitFor()
    const readAgain = page.waitForRequest(/\/score$/)
    pages.cloud.send({
      type: 'risk_score_update',
      driverId: 'DRV-0001',
      at: Date.now(),
      risk: 16,
      intervalHalfWidth: 3,
      tripId: sampleTrip.id,
    })
    await readAgain
    await page.getByText('Car is parked').waitFor()
  })

  it('live leaves out the cars of others', async () => {
    const { page } = await pages.visit('/live')
    await page.getByText('The car is silent.').waitFor()
    pages.cloud.send({
      type: 'risk_score_update',
      driverId: 'DRV-0002',
      at: 1,
      risk: 1,
      intervalHalfWidth: 1,
      tripId: null,
    })
    driving({ tripId: 'TRP-NEW000000000' })
    await page.getByText('Car is moving').waitFor()
    assert.equal(await page.locator('fm-live-alerts').getByText('Nothing so far.').count(), 1)
  })

  it('every page says what comes next where there is nothing yet', async () => {
    pages.cloud.mode = 'empty'
    const { page, problems } = await pages.visit('/')
    for (const text of ['No score yet.', 'No premium yet.', 'No trips yet.']) await page.getByText(text).waitFor()
    await page.getByRole('link', { name: 'Price' }).click()
    await page.getByText('No receipts yet.').waitFor()
    assert.deepEqual(problems, [])
  })

  it('a failure is told in the cloud’s words and can be tried again', async () => {
    pages.cloud.mode = 'failing'
    const { page } = await pages.visit('/trips')
    await page.getByText('The trips could not be loaded.').waitFor()
    await page.getByText('The database does not answer.').waitFor()
    pages.cloud.mode = 'ok'
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('fm-trips-table tbody tr').first().waitFor()
  })

  it('without a network the page says so, and loads by itself when it is back', async () => {
    const { page } = await pages.visit('/profile')
    await page.getByRole('heading', { name: 'Profile' }).waitFor()
    await page.context().setOffline(true)
    await page.getByRole('link', { name: 'Trips' }).click()
    await page.getByText('No connection.').waitFor()
    await page.context().setOffline(false)
    await page.locator('fm-trips-table tbody tr').first().waitFor()
  })

  it('where the server was away, what it did not answer is loaded by itself when it is back', async () => {
    const { page } = await pages.visit('/profile')
    await page.getByRole('heading', { name: 'Profile' }).waitFor()
    const unanswered = /drivers\/DRV-0001\/(trips|receipts)/
    await page.route(unanswered, (route) => route.abort())
    await page.getByRole('link', { name: 'Trips' }).click()
    await page.getByText('No connection.').waitFor()
    await page.unroute(unanswered)
    await page.locator('fm-trips-table tbody tr').first().waitFor()
  })

  it('a log-out in another tab holds in this one, and says so', async () => {
    const { page } = await pages.visit('/trips')
    await page.locator('fm-trips-table tbody tr').first().waitFor()
    const other = await page.context().newPage()
    await other.goto(`${pages.cloud.url}/profile`)
    await other.getByRole('button', { name: 'Log out' }).click()
    await page.getByText('You were logged out in another tab.').waitFor()
    assert.equal(await page.locator('fm-trips-table').count(), 0)
    await logIn(other, 'driver@example.com')
    await page.locator('fm-trips-table tbody tr').first().waitFor()
  })

  it('an action after the session has ended leads to the log-in', async () => {
    const { page } = await pages.visit('/users', { email: 'admin@example.com' })
    const act = page.getByRole('button', { name: 'Let in again' }).first()
    await act.waitFor()
    await page.context().clearCookies()
    await act.click()
    await page.getByText('Your session is over').waitFor()
  })

  it('live that is refused because the session has ended leads to the log-in', async () => {
    const { page } = await pages.visit('/live')
    await page.getByText('The car is silent.').waitFor()
    await page.context().clearCookies()
    pages.cloud.dropSockets()
    await page.getByText('Your session is over').waitFor()
  })

  it('an expired session leads to the log-in and says why', async () => {
    const { page } = await pages.visit('/')
    await page.locator('fm-score-card').waitFor()
    await page.context().clearCookies()
    await page.getByRole('link', { name: 'All trips' }).click()
    await page.getByText('so you were logged out').waitFor()
  })

  for (const width of [390, 1380]) {
    it(`no page scrolls sideways or breaks the content security policy at ${width} px`, async () => {
      const { page, problems } = await pages.visit('/', { viewport: { width, height: 844 } })
      await page.locator('fm-score-card').waitFor()
      for (const path of paths) {
        await page.goto(pages.cloud.url + path)
        await page.locator('main header h1').waitFor()
        await page.waitForLoadState('networkidle')
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, path)
      }
      assert.deepEqual(problems, [])
    })
  }

  it('on a phone the bar is at the bottom with targets of 44 px', async () => {
    const { page } = await pages.visit('/', { viewport: { width: 390, height: 844 } })
    const links = page.getByRole('navigation').getByRole('link')
    await links.first().waitFor()
    for (const box of await Promise.all((await links.all()).map((link) => link.boundingBox()))) {
      assert.ok(box && box.height >= 44 && box.width >= 44 && box.y > 700, JSON.stringify(box))
    }
  })

  it('on a phone five entries are in the bar, none of them cut, and the others behind More', async () => {
    const { page } = await pages.visit('/', { viewport: { width: 390, height: 844 } })
    await page.locator('fm-score-card').waitFor()
    const nav = page.getByRole('navigation')
    const isInSight = async (locator: ReturnType<typeof nav.locator>) => {
      const box = await locator.boundingBox()
      assert.ok(box && box.x >= 0 && box.x + box.width <= 390, JSON.stringify(box))
      assert.equal(await locator.evaluate((one) => one.scrollWidth > one.clientWidth), false)
    }
    for (const link of await nav.getByRole('link').all()) await isInSight(link)
    assert.equal(await nav.getByRole('link').count(), 5)
    const more = nav.getByRole('button', { name: 'More' })
    await isInSight(more)
    await more.click()
    const profile = nav.getByRole('link', { name: 'Profile' })
    await isInSight(profile)
    await page.keyboard.press('Escape')
    await profile.waitFor({ state: 'hidden' })
    await more.click()
    await profile.click()
    await page.getByRole('button', { name: 'Log out' }).waitFor()
    await profile.waitFor({ state: 'hidden' })
  })

  for (const [width, least] of [
    [1380, 24],
    [390, 44],
  ] as const) {
    it(`links in text and the themes are targets of ${least} px at ${width} px`, async () => {
      const { page } = await pages.visit('/', { viewport: { width, height: 844 } })
      const all = page.getByRole('link', { name: 'All trips' })
      const measure = async (target: typeof all) => {
        const box = await target.boundingBox()
        assert.ok(box && box.height >= least && box.width >= least, JSON.stringify(box))
      }
      await measure(all)
      await page.goto(`${pages.cloud.url}/profile`)
      for (const theme of ['As the system', 'Light', 'Dark']) await measure(page.getByLabel(theme))
    })
  }

  it('the values under the cursor of a trip stay on one line on a desk', async () => {
    const { page } = await pages.visit(`/trips/${sampleTrip.id}`, { viewport: { width: 1280, height: 844 } })
    await page.getByRole('slider', { name: /over the trip/ }).waitFor()
    const tops = await page
      .locator('.readout')
      .first()
      .evaluate((line) => [...line.children].map((child) => child.getBoundingClientRect().bottom))
    assert.ok(Math.max(...tops) - Math.min(...tops) < 8, tops.join())
  })

  it('the theme that was chosen stays', async () => {
    const { page } = await pages.visit('/profile', { colorScheme: 'light' })
    await page.getByLabel('Dark').check()
    const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)
    assert.equal(await scheme(), 'dark')
    await page.reload()
    await page.getByRole('heading', { name: 'Profile' }).waitFor()
    assert.equal(await scheme(), 'dark')
  })
})
