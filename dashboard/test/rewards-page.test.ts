import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { sampleRewards } from '../demos/samples/rewards.ts'
import { noBrowser, startBrowser, visit } from './browser.ts'
import { type ScratchCloud, startScratchCloud } from './scratch-cloud.ts'

describe('the rewards page', { skip: noBrowser }, () => {
  let browser: Browser
  let cloud: ScratchCloud
  before(async () => {
    cloud = await startScratchCloud()
    browser = await startBrowser()
  })
  after(async () => {
    await browser?.close()
    await cloud?.close()
  })

  it('spends points only when asked twice, with a key of its own', async () => {
    const { page, problems } = await visit(browser, cloud, '/rewards')
    const sent: (string | undefined)[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/redemptions')) sent.push(request.headers()['idempotency-key'])
    })
    await page.getByRole('button', { name: 'Redeem: A car wash' }).click()
    const confirm = page.getByRole('group', { name: 'Confirm: A car wash' })
    await confirm.getByText('142').waitFor()
    await confirm.getByRole('button', { name: 'Cancel' }).click()
    assert.deepEqual(sent, [])
    await page.getByRole('button', { name: 'Redeem: A car wash' }).click()
    await confirm.getByRole('button', { name: 'Redeem' }).click()
    await page.getByText('Redeemed: A car wash.').waitFor()
    assert.match(sent.join(), /^[0-9a-f-]{36}$/)
    assert.ok(await page.getByRole('button', { name: 'Redeem: A safety course' }).isDisabled())
    assert.deepEqual(problems, [])
  })

  it('joins a challenge, and leaves the leader board', async () => {
    const { page, problems } = await visit(browser, cloud, '/rewards')
    const joining = page.waitForRequest(
      (request) => request.method() === 'PUT' && /within-the-limit$/.test(request.url()),
    )
    await page.getByRole('button', { name: 'Join: Thirty days within the limit' }).click()
    await joining
    await page.getByText('You have joined.').waitFor()
    await page.getByText('Your place: 2 of 5.').waitFor()
    const boards = sampleRewards.boards.map((board) => ({ ...board, takesPart: false }))
    cloud.answers.set('/drivers/DRV-0001/rewards', { ...sampleRewards, boards })
    await page.getByRole('checkbox', { name: /Take part/ }).uncheck()
    await page.getByText('You are on the leader board no more.').waitFor()
    await page.locator('fm-leader-board').waitFor({ state: 'detached' })
    cloud.answers.clear()
    assert.deepEqual(problems, [])
  })

  it('says what comes next where there are no points yet', async () => {
    cloud.mode = 'empty'
    const { page } = await visit(browser, cloud, '/rewards')
    await page.getByText('No points yet.').waitFor()
    await page.getByText('Nothing moved yet.').waitFor()
    cloud.mode = 'ok'
  })
})
