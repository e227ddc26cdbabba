import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { noBrowser } from './browser.ts'
import { scratchPages } from './scratch-pages.ts'

const paths = ['/', '/drivers', '/policies', '/users', '/reports']

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

  it('a report is read on the page and downloaded as CSV', async () => {
    const { page } = await pages.visit('/reports')
    await page.getByRole('button', { name: 'Loss by plan' }).click()
    await page.getByRole('cell', { name: '3.10' }).waitFor()
    const link = page.getByRole('link', { name: 'Download as CSV' })
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
