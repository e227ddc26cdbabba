import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleRedemptions, sampleRefusedRedemption } from '../demos/samples/rewards.ts'
import { noBrowser } from './browser.ts'
import { scratchPages } from './scratch-pages.ts'

const [first, second] = [sampleRedemptions[0]!, sampleRedemptions[1]!]
const list = '/admin/rewards/redemptions'

describe('the page of redemptions', { skip: noBrowser }, () => {
  const pages = scratchPages({ email: 'admin@example.com' })

  it('says that one was given only when asked twice', async () => {
    const { page, problems } = await pages.visit('/redemptions')
    await page.getByRole('row', { name: 'A donation to road safety' }).getByRole('button').click()
    const posts: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(request.url())
    })
    await page.getByRole('button', { name: 'It was given', exact: true }).click()
    await page.getByRole('button', { name: 'Not yet' }).click()
    assert.deepEqual(posts, [])
    await page.getByRole('button', { name: 'It was given', exact: true }).click()
    await page.getByText('This is not taken back.').waitFor()
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    pages.cloud.answers.set(list, { items: [first], nextCursor: null })
    await page.getByRole('button', { name: 'Yes, it was given' }).click()
    const request = await sent
    assert.ok(request.url().endsWith(`${list}/${second.id}/settlement`))
    assert.deepEqual(request.postDataJSON(), { state: 'fulfilled' })
    await page.getByRole('status').getByText('A donation to road safety: given.').waitFor()
    await page.getByRole('row', { name: 'A donation to road safety' }).waitFor({ state: 'detached' })
    assert.deepEqual(problems, [])
  })

  it('refuses one with a reason alone', async () => {
    const { page, problems } = await pages.visit('/redemptions')
    await page.getByRole('row', { name: first.driverName! }).getByRole('button').click()
    await page.getByRole('button', { name: 'Refuse it' }).click()
    const posts: unknown[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') posts.push(request.postDataJSON())
    })
    await page.getByText('Up to 600 points go back to the driver').waitFor()
    await page.getByRole('button', { name: 'Yes, refuse it' }).click()
    await page.getByLabel('Why, told to the driver').fill('The garage has closed.')
    await page.getByRole('button', { name: 'Yes, refuse it' }).click()
    await page.getByRole('status').getByText('A car wash: refused.').waitFor()
    assert.deepEqual(posts, [{ state: 'refused', reason: 'The garage has closed.' }])
    assert.deepEqual(problems, [])
  })

  it('says why one was not settled, and keeps what was written', async () => {
    const { page } = await pages.visit('/redemptions')
    await page.getByRole('row', { name: first.driverName! }).getByRole('button').click()
    await page.getByRole('button', { name: 'Refuse it' }).click()
    await page.getByLabel('Why, told to the driver').fill('The garage has closed.')
    pages.cloud.mode = 'failing'
    await page.getByRole('button', { name: 'Yes, refuse it' }).click()
    await page.getByRole('alert').getByText('It could not be settled').waitFor()
    assert.equal(await page.getByLabel('Why, told to the driver').inputValue(), 'The garage has closed.')
  })

  for (const { outcome, status, says } of [
    { outcome: 'was given', status: 200, says: 'A car wash: given.' },
    { outcome: 'failed', status: 503, says: 'A car wash could not be settled: The database does not answer.' },
  ])
    it(`keeps the row that was opened while another ${outcome}, and what is written there`, async () => {
      const { page } = await pages.visit('/redemptions')
      const answered = Promise.withResolvers<void>()
      await page.route('**/settlement', async (route) => {
        await answered.promise
        await route.fulfill({ status, json: { detail: 'The database does not answer.' } })
      })
      await page.getByRole('row', { name: first.driverName! }).getByRole('button').click()
      await page.getByRole('button', { name: 'It was given', exact: true }).click()
      await page.getByRole('button', { name: 'Yes, it was given' }).click()
      await page.getByRole('row', { name: second.title }).getByRole('button').click()
      await page.getByRole('button', { name: 'Refuse it' }).click()
      const reason = page.getByLabel('Why, told to the driver')
      await reason.fill('The charity has')
      answered.resolve()
      await page.getByRole('status').getByText(says).waitFor()
      await page.getByRole('heading', { name: second.title }).waitFor()
      assert.equal(await reason.inputValue(), 'The charity has')
      assert.equal(await page.getByRole('alert').count(), 0)
    })

  it('says that another admin was first, and reads the list anew', async () => {
    const { page, problems } = await pages.visit('/redemptions')
    await page.getByRole('row', { name: first.driverName! }).getByRole('button').click()
    await page.getByRole('button', { name: 'It was given', exact: true }).click()
    const json = { detail: `Redemption "${first.id}" is settled: refused.` }
    await page.route('**/settlement', (route) => route.fulfill({ status: 409, json }))
    pages.cloud.answers.set(list, { items: [second], nextCursor: null })
    await page.getByRole('button', { name: 'Yes, it was given' }).click()
    await page.getByRole('status').getByText('A car wash: another admin was first.').waitFor()
    await page.getByRole('row', { name: first.driverName! }).waitFor({ state: 'detached' })
    assert.equal(await page.getByRole('button', { name: 'Yes, it was given' }).count(), 0)
    assert.deepEqual(problems, [])
  })

  it('says why no more could be read, and reads on when asked again', async () => {
    pages.cloud.answers.set(list, { items: [first], nextCursor: 'next' })
    const { page } = await pages.visit('/redemptions')
    await page.getByRole('button', { name: 'More' }).waitFor()
    pages.cloud.mode = 'failing'
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('alert').getByText('The database does not answer.').waitFor()
    pages.cloud.mode = 'ok'
    pages.cloud.answers.set(list, { items: [second], nextCursor: null })
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('row', { name: second.title }).waitFor()
    assert.equal(await page.getByRole('alert').count(), 0)
  })

  it('shows settled ones with who and why, and the address keeps the state', async () => {
    const { page, problems } = await pages.visit('/redemptions')
    await page.getByRole('button', { name: first.title }).first().waitFor()
    pages.cloud.answers.set(list, { items: [sampleRefusedRedemption], nextCursor: null })
    const asked = page.waitForRequest(/redemptions\?.*state=refused/)
    await page.getByRole('button', { name: 'Refused' }).click()
    await asked
    assert.match(page.url(), /\?state=refused$/)
    await page.getByRole('button', { name: sampleRefusedRedemption.title }).click()
    await page.getByText(sampleRefusedRedemption.reason!).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Refuse it' }).count(), 0)
    assert.deepEqual(problems, [])
  })
})
