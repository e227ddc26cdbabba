import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Browser, chromium, type Page } from 'playwright-core'
import { type Program, startProgram } from './program.ts'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const skip = existsSync(executablePath)
  ? false
  : `there is no Chromium at ${executablePath}: install it, or name it in CHROMIUM`
/** Pictures of what the test saw, for looking. */
const pictures = process.env.FAIRMILE_E2E_PICTURES ?? join(tmpdir(), 'fairmile-e2e-pictures')

const desk = { width: 1380, height: 900 }
const phone = { width: 390, height: 844 }

/** Logs in through the real page in a fresh profile; `problems` fills with what goes wrong in it. */
async function logIn(
  browser: Browser,
  program: Program,
  problems: string[],
  look: { dark: boolean; size: typeof desk },
) {
  const context = await browser.newContext({ viewport: look.size, colorScheme: look.dark ? 'dark' : 'light' })
  const page = await context.newPage()
  page.on('console', (message) => {
    // Asking who is logged in is answered with 401 before the log-in; the browser writes that down by itself.
    if (message.type() === 'error' && !message.text().includes('401')) problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(program.url)
  await page.getByLabel('E-mail').fill(program.driver.email)
  await page.getByLabel('Password').fill(program.driver.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.locator('fm-dashboard-page').waitFor()
  return page
}

async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true })
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })
}

test('a drive appears live in the browser and becomes a trip, a score and a premium', { skip }, async (t) => {
  const program = await startProgram('--drives', '1', '--minutes', '4', '--speed', '3')
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking'],
  })
  t.after(async () => {
    await browser.close()
    await program.stop()
    program.remove()
  })
  const problems: string[] = []
  const page = await logIn(browser, program, problems, { dark: false, size: desk })

  await t.test('live: the speed of a moving car and its charts', async () => {
    await page.getByRole('link', { name: 'Live' }).click()
    await page.locator('fm-live-page .now').waitFor()
    // Moving faster than a walk: a figure of two digits.
    await page
      .locator('fm-live-page .now .big')
      .first()
      .filter({ hasText: /^[1-9]\d+/ })
      .waitFor()
    await page.getByText('This trip so far').waitFor()
    await takePicture(page, 'live-light-desk')
  })
  await program.line(/stays up for looking/)

  await t.test('the device is known by its certificate', () => {
    const log = readFileSync(join(program.dataDir, 'logs/agent.log'), 'utf8')
    assert.match(log, /mqtts:.*"by":"certificate".*connected to the broker/)
  })

  await t.test('afterwards: score, premium and the trip, in light and dark, on a desk and a phone', async () => {
    for (const dark of [false, true]) {
      for (const size of [desk, phone]) {
        const look = `${dark ? 'dark' : 'light'}-${size === desk ? 'desk' : 'phone'}`
        const other = await logIn(browser, program, problems, { dark, size })
        await other
          .locator('fm-score-card')
          // Four minutes are fewer kilometres than a score takes.
          .getByText('Not scored yet')
          .waitFor()
        await other.locator('fm-premium-card').getByText(/€|EUR/).first().waitFor()
        await takePicture(other, `dashboard-${look}`)
        await other.goto(`${program.url}/trips`)
        await other.locator('fm-trips-table').getByText(/km/).first().waitFor()
        await takePicture(other, `trips-${look}`)
        await other.locator('fm-trips-table a').first().click()
        await other.locator('fm-trip-track').waitFor()
        await takePicture(other, `trip-${look}`)
        await other.context().close()
      }
    }
  })
  await t.test('the browser itself checks the price', async () => {
    await page.getByRole('link', { name: 'Price' }).click()
    await page.getByRole('button', { name: 'Check this price yourself' }).click()
    await page.getByText('The same price').waitFor()
    await takePicture(page, 'price-light-desk')
  })
  await t.test('nothing went wrong in the pages', () => assert.deepEqual(problems, []))
  await t.test('it stops cleanly', async () => assert.equal(await program.stop(), 0))
})
