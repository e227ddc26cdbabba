import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleRun } from '../demos/samples/admin.ts'
import { sampleDriver } from '../demos/samples/people.ts'
import { noBrowser } from './browser.ts'
import { scratchPages } from './scratch-pages.ts'

const paths = [
  ...['/', '/drivers', '/policies', '/users', '/reports', '/webhooks'],
  ...['/dead-messages', '/dead-messages?way=events', '/dead-messages?way=notifications'],
  ...['/redemptions', '/redemptions?state=fulfilled', '/redemptions?state=refused'],
]

describe('pages of admins', { skip: noBrowser }, () => {
  const pages = scratchPages({ email: 'admin@example.com' })

  for (const width of [390, 1380])
    it(`none scrolls sideways or breaks the content security policy at ${width} px`, async () => {
      const { page, problems } = await pages.visit('/', { viewport: { width, height: 844 } })
      await page.locator('fm-kpi-tile').first().waitFor()
      for (const path of paths) {
        await page.goto(pages.cloud.url + path)
        await page.locator('main header h1').waitFor()
        await page.waitForLoadState('networkidle')
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, path)
      }
      assert.deepEqual(problems, [])
    })

  it('the overview says figures, days and health in words, and a chart has its table', async () => {
    const { page } = await pages.visit('/')
    await page.getByText('Given up: 2 by risk.').waitFor()
    await page.getByText('± 1.7, mean of 385').waitFor()
    const chart = page.getByRole('slider', { name: 'Trips a day over 30 days' })
    await chart.press('Home')
    assert.match((await chart.getAttribute('aria-valuetext')) ?? '', /^30\.10\.: trips \d+/)
    await page.getByText('Show as a table').first().click()
    await page.getByRole('cell', { name: '30.10.' }).waitFor()
  })

  it('an address that no page has is told apart from a page of drivers', async () => {
    const { page } = await pages.visit('/plans/fairmile-2')
    await page.getByText('Nothing is at this address.').waitFor()
    await page.goto(`${pages.cloud.url}/score`)
    await page.getByText('This page is for people who drive.').waitFor()
  })

  it('filters stand in the address, and a search is asked for once it was typed', async () => {
    const { page } = await pages.visit('/drivers?silent=true')
    await page.getByText('Ada Berger').waitFor()
    assert.equal(await page.getByLabel('Box').inputValue(), 'true')
    const asked = page.waitForRequest(/admin\/drivers\?.*search=ada/)
    await page.getByLabel('Search').fill('ada')
    await asked
    await page.waitForURL(/silent=true&search=ada/)
  })

  it('many policies are moved only after what would change was seen', async () => {
    const { page, problems } = await pages.visit('/policies')
    await page.getByLabel('Select all that are shown').check()
    await page.getByLabel('Plan', { exact: true }).last().selectOption('fairmile-3')
    await page.getByRole('button', { name: 'See what would change' }).click()
    await page.getByText('2 left as they are: it renews under fairmile-3 already').waitFor()
    await page.getByRole('button', { name: 'Renew 4 policies so' }).click()
    await page.getByRole('heading', { name: 'Done' }).waitFor()
    await page.getByText('4 changed, 2 left as they are').waitFor()
    await page.getByRole('button', { name: 'Close' }).click()
    await page.getByRole('region', { name: 'Selection' }).waitFor({ state: 'detached' })
    assert.deepEqual(problems, [])
  })

  it('drivers that match are scored anew only after it was seen who and how many', async () => {
    const { page, problems } = await pages.visit('/drivers?active=true&sort=name')
    await page.getByText('Ada Berger').waitFor()
    const previewed = page.waitForRequest(/rescore-drivers\/preview$/)
    await page.getByRole('button', { name: 'Score all that match anew' }).click()
    assert.deepEqual((await previewed).postDataJSON(), { drivers: { filter: { active: true } }, periodDays: 30 })
    await page.getByRole('button', { name: 'Change nothing' }).click()
    await page.getByLabel('Select DRV-0001').check()
    const picked = page.waitForRequest(/rescore-drivers\/preview$/)
    await page.getByRole('button', { name: 'See who would be scored' }).click()
    assert.deepEqual((await picked).postDataJSON(), { drivers: { ids: ['DRV-0001'] }, periodDays: 30 })
    const started = page.waitForRequest(/bulk\/rescore-drivers$/)
    await page.getByRole('button', { name: 'Score 4 drivers anew' }).click()
    await started
    await page.getByRole('heading', { name: 'Done' }).waitFor()
    assert.deepEqual(problems, [])
  })

  it('a run is followed after its dialog was closed, and the list is read anew when it is done', async () => {
    const { page } = await pages.visit('/users')
    const running = { ...sampleRun, action: 'disable-users', state: 'waiting' }
    pages.cloud.answers.set(`/admin/bulk-runs/${sampleRun.id}`, running)
    await page
      .getByLabel(/^Select /)
      .nth(1)
      .check()
    await page.getByRole('button', { name: 'See what would change' }).click()
    await page.getByRole('button', { name: /^Disable/ }).click()
    await page.getByRole('heading', { name: 'Waiting for a worker' }).waitFor()
    await page.keyboard.press('Escape')
    const bar = page.locator('fm-bulk-flow .bar')
    await bar.getByText('Waiting for a worker').waitFor()
    await page.waitForFunction(() => {
      let focused = document.activeElement
      while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
      return focused?.className === 'bar'
    })
    const listed = page.waitForRequest(/admin\/users\?/)
    pages.cloud.answers.set(`/admin/bulk-runs/${sampleRun.id}`, { ...running, state: 'done' })
    await bar.getByText('Done').waitFor()
    await listed
    await bar.getByRole('button', { name: 'Dismiss' }).click()
    await bar.waitFor({ state: 'detached' })
  })

  it('a run that is under way is followed by who opens the page', async () => {
    const running = { ...sampleRun, action: 'move-policies', state: 'running' }
    pages.cloud.answers.set('/admin/bulk-runs', { items: [running], nextCursor: null })
    pages.cloud.answers.set(`/admin/bulk-runs/${sampleRun.id}`, running)
    const { page } = await pages.visit('/policies')
    await page.locator('fm-bulk-flow .bar').getByText('Under way').waitFor()
  })

  it('a driver is opened beside the list, with receipts and files, and the address says so', async () => {
    const { page, problems } = await pages.visit('/drivers?silent=true')
    await page.getByRole('link', { name: 'Ada Berger' }).click()
    await page.waitForURL(/silent=true&open=DRV-0001$/)
    await page.getByRole('dialog', { name: sampleDriver.name }).waitFor()
    const panel = page.locator('fm-side-panel')
    await panel.getByText('a month').waitFor()
    for (const format of ['CSV', 'Parquet', 'GPX', 'GeoJSON'])
      await panel.getByRole('link', { name: `Download as ${format}`, exact: true }).waitFor()
    const receipt = panel.getByRole('link', { name: /^Download RCP/ }).first()
    assert.match((await receipt.getAttribute('href')) ?? '', /drivers\/DRV-0001\/receipts\/RCP-/)
    await page.keyboard.press('Escape')
    await page.waitForURL(/silent=true$/)
    await panel.waitFor({ state: 'detached' })
    await page.goto(`${pages.cloud.url}/policies?open=DRV-0001`)
    await panel.getByRole('heading', { name: /\w/ }).first().waitFor()
    assert.deepEqual(problems, [])
  })

  it('Ctrl-K finds a driver from any page', async () => {
    const { page } = await pages.visit('/reports')
    await page.getByRole('heading', { name: 'Reports' }).first().waitFor()
    await page.keyboard.press('Control+k')
    const asked = page.waitForRequest(/admin\/policies\?search=ada/)
    await page.keyboard.type('ada')
    await asked
    const search = page.locator('fm-quick-search')
    await search
      .getByRole('link', { name: /Ada Berger/ })
      .first()
      .waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/drivers\?open=DRV-0001$/)
    await page.locator('fm-side-panel').getByText('a month').waitFor()
  })

  it('a form for a new admin has the focus, and what was told before is taken away', async () => {
    const { page } = await pages.visit('/users')
    await page.getByRole('button', { name: 'Let in again' }).first().click()
    await page.getByText('can log in again.').waitFor()
    await page.getByRole('button', { name: 'Add an admin' }).click()
    await page.getByLabel('Name').waitFor()
    await page.keyboard.type('Robin')
    assert.equal(await page.getByLabel('Name').inputValue(), 'Robin')
    assert.equal(await page.getByText('can log in again.').count(), 0)
  })

  it('a report is read on the page and downloaded as CSV', async () => {
    const { page } = await pages.visit('/reports')
    await page.getByRole('button', { name: 'Loss by plan' }).click()
    await page.getByRole('cell', { name: '3.10' }).waitFor()
    await page.getByRole('cell', { name: '€10,124.00' }).first().waitFor()
    await page.getByRole('columnheader', { name: 'Earned premium', exact: true }).first().waitFor()
    await page.getByRole('columnheader', { name: 'Loss ratio, %' }).waitFor()
    await page.getByRole('cell', { name: '73.3' }).waitFor()
    const all = page.getByRole('link', { name: 'Download as Parquet, premiums' })
    assert.equal(await all.getAttribute('href'), '/api/v1/admin/export?what=premiums&format=parquet')
    const link = page.getByRole('link', { name: 'Download as CSV', exact: true })
    assert.match((await link.getAttribute('href')) ?? '', /\/api\/v1\/admin\/reports\/RPT-.*\/csv$/)
  })

  it('what could not be loaded is told, with a way to try again', async () => {
    const { page } = await pages.visit('/users')
    await page.getByText('Bo Lindqvist').waitFor()
    pages.cloud.mode = 'failing'
    await page.goto(`${pages.cloud.url}/policies`)
    await page.getByRole('alert').first().waitFor()
    await page.getByRole('button', { name: 'Try again' }).first().waitFor()
  })
})
