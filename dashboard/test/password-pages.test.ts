import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { noBrowser } from './browser.ts'
import { linkToken } from './scratch-cloud.ts'
import { scratchPages } from './scratch-pages.ts'

const secret = 'a password of my own'
/** What the next request of a method sends. */
const sentBy = async (page: Page, method: string, path: RegExp) =>
  (await page.waitForRequest((request) => request.method() === method && path.test(request.url()))).postDataJSON()

describe('pages for who cannot log in', { skip: noBrowser }, () => {
  const pages = scratchPages()

  it('a link to a new password is asked for from the log-in, and whether one was sent is not told', async () => {
    const { page, problems } = await pages.visit('/', { email: null })
    await page.getByRole('link', { name: 'Forgot your password?' }).click()
    await page.waitForURL(/\/forgotten-password$/)
    await page.waitForFunction(() => document.title === 'A new password · Fairmile')
    await page.getByLabel('E-mail').fill('driver@example.com')
    const sent = sentBy(page, 'POST', /auth\/password-links$/)
    await page.getByRole('button', { name: 'Send the link' }).click()
    assert.deepEqual(await sent, { email: 'driver@example.com' })
    await page.getByRole('status').getByText('If driver@example.com has a log-in here').waitFor()
    await page.getByRole('link', { name: 'Back to the log-in' }).click()
    await page.getByRole('heading', { name: 'Log in' }).waitFor()
    assert.deepEqual(problems, [])
  })

  it('a link sets a password, and its token is in the address no longer', async () => {
    const { page, problems } = await pages.visit(`/set-password#${linkToken}`, { email: null })
    const field = page.getByLabel('Password, 10 characters at least')
    await field.fill(secret)
    assert.equal(new URL(page.url()).hash, '')
    assert.equal(await field.getAttribute('type'), 'password')
    await page.getByLabel('Show what I type').check()
    assert.deepEqual([await field.getAttribute('type'), await field.inputValue()], ['text', secret])
    const sent = sentBy(page, 'POST', /auth\/password$/)
    await page.getByRole('button', { name: 'Set the password' }).click()
    assert.deepEqual(await sent, { token: linkToken, password: secret })
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor()
    await page.getByRole('link', { name: 'Log in' }).click()
    await page.getByRole('button', { name: 'Log in' }).waitFor()
    assert.deepEqual(problems, [])
  })

  it('a link that was used leads to another, and a newer one in the same tab is taken', async () => {
    const { page, problems } = await pages.visit('/set-password#used', { email: null })
    await page.getByLabel('Password').fill(secret)
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByText('This link was used.').waitFor()
    assert.equal(
      await page.getByRole('link', { name: 'Ask for another link' }).getAttribute('href'),
      '/forgotten-password',
    )
    await page.goto(`${pages.cloud.url}/set-password#${linkToken}`)
    await page.getByLabel('Password').fill(secret)
    await page.getByRole('button', { name: 'Set the password' }).click()
    await page.getByRole('heading', { name: 'Your password is set' }).waitFor()
    assert.deepEqual(problems, [])
  })

  it('a link without its end says so, also to who is logged in', async () => {
    const { page } = await pages.visit('/')
    await page.locator('fm-dashboard-page').waitFor()
    await page.goto(`${pages.cloud.url}/set-password`)
    await page.getByText('Open the link in the newest mail once more').waitFor()
  })

  for (const width of [390, 1380])
    it(`none scrolls sideways or breaks the content security policy at ${width} px`, async () => {
      const { page, problems } = await pages.visit('/', { email: null, viewport: { width, height: 844 } })
      for (const path of ['/', '/forgotten-password', '/set-password', `/set-password#${linkToken}`]) {
        await page.goto(pages.cloud.url + path)
        await page.getByRole('heading').waitFor()
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width, path)
      }
      assert.deepEqual(problems, [])
    })
})

describe('log-ins that admins add', { skip: noBrowser }, () => {
  const pages = scratchPages({ email: 'admin@example.com' })
  const fill = async (page: Page, button: string) => {
    await page.getByRole('button', { name: button }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Robin Weber')
    await page.getByRole('textbox', { name: 'E-mail' }).fill('robin@example.com')
  }
  const robin = { name: 'Robin Weber', email: 'robin@example.com' }

  it('an admin is invited, and one who has chosen no password is invited again', async () => {
    const { page, problems } = await pages.visit('/users')
    await fill(page, 'Add an admin')
    assert.equal(await page.getByLabel('Password,').count(), 0)
    const sent = sentBy(page, 'POST', /admin\/users$/)
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    assert.deepEqual(await sent, robin)
    await page.getByText('An invitation is on its way to robin@example.com.').waitFor()
    const again = page.waitForRequest(/admin\/users\/USR-0003\/invitation$/)
    await page.getByRole('button', { name: 'Invite again' }).click()
    await again
    await page.getByText('Another invitation is on its way to cleo').waitFor()
    assert.deepEqual(problems, [])
  })

  it('a driver is given a password, or invited', async () => {
    const { page, problems } = await pages.visit('/drivers')
    await fill(page, 'Add a driver')
    await page.getByLabel('I give them one').check()
    await page.getByLabel('Password,').fill(secret)
    const given = sentBy(page, 'POST', /v1\/drivers$/)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    assert.deepEqual(await given, { ...robin, password: secret })
    await page.getByText('robin@example.com can log in.').waitFor()
    await fill(page, 'Add a driver')
    const invited = sentBy(page, 'POST', /v1\/drivers$/)
    await page.getByRole('button', { name: 'Invite', exact: true }).click()
    assert.deepEqual(await invited, robin)
    assert.deepEqual(problems, [])
  })
})
