import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleRewards } from '../demos/samples/rewards.ts'
import { noBrowser } from './browser.ts'
import { scratchPages } from './scratch-pages.ts'

describe('the rewards page', { skip: noBrowser }, () => {
  const pages = scratchPages()

  it('spends points only when asked twice, with a key of its own', async () => {
    const { page, problems } = await pages.visit('/rewards')
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
    const { page, problems } = await pages.visit('/rewards')
    const joining = page.waitForRequest(
      (request) => request.method() === 'PUT' && /within-the-limit$/.test(request.url()),
    )
    await page.getByRole('button', { name: 'Join: Thirty days within the limit' }).click()
    await joining
    await page.getByText('You have joined.').waitFor()
    await page.getByText('Your place: 2 of 5.').waitFor()
    const boards = sampleRewards.boards.map((board) => ({ ...board, takesPart: false }))
    pages.cloud.answers.set('/drivers/DRV-0001/rewards', { ...sampleRewards, boards })
    await page.getByRole('checkbox', { name: /Take part/ }).uncheck()
    await page.getByText('You are on the leader board no more.').waitFor()
    await page.locator('fm-leader-board').waitFor({ state: 'detached' })
    assert.deepEqual(problems, [])
  })

  it('says what comes next where there are no points yet', async () => {
    pages.cloud.mode = 'empty'
    const { page } = await pages.visit('/rewards')
    await page.getByText('No points yet.').waitFor()
    await page.getByText('Nothing moved yet.').waitFor()
  })
})
