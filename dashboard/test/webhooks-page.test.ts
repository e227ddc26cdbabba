import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleCreatedWebhook, sampleRenewedSecret, sampleWebhooks } from '../demos/samples/webhooks.ts'
import { noBrowser } from './browser.ts'
import { scratchPages } from './scratch-pages.ts'

const [first, second] = [sampleWebhooks[0]!, sampleWebhooks[1]!]

describe('the page of webhooks', { skip: noBrowser }, () => {
  const pages = scratchPages({ email: 'admin@example.com' })

  it('shows a new secret once', async () => {
    const { page, problems } = await pages.visit('/webhooks')
    await page.getByRole('button', { name: 'Add a webhook' }).click()
    await page.getByLabel('Address').fill(sampleCreatedWebhook.url)
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('alert').getByText('Choose one event at least').waitFor()
    await page.getByLabel('TripCompleted').check()
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    assert.deepEqual((await sent).postDataJSON(), { url: sampleCreatedWebhook.url, eventTypes: ['TripCompleted'] })
    await page.getByText(sampleCreatedWebhook.secret).waitFor()
    await page.getByRole('button', { name: 'Copy it' }).click()
    await page.getByText('Copied.').or(page.getByText('does not let it be copied')).waitFor()
    await page.getByRole('button', { name: 'I have it' }).click()
    await page.getByText(sampleCreatedWebhook.secret).waitFor({ state: 'detached' })
    await page.reload()
    await page.getByRole('button', { name: first.url }).waitFor()
    assert.equal(await page.getByText('whsec_').count(), 0)
    assert.deepEqual(problems, [])
  })

  it('shows the last tries of one, and pauses and changes it', async () => {
    const { page, problems } = await pages.visit('/webhooks')
    await page.getByRole('button', { name: first.url }).click()
    await page.getByRole('cell', { name: 'given up no answer within 10 s' }).waitFor()
    const pausing = page.waitForRequest((request) => request.method() === 'PATCH')
    pages.cloud.answers.set('/admin/webhooks', { items: [{ ...first, enabled: false }, second], nextCursor: null })
    await page.getByRole('button', { name: 'Pause it' }).click()
    assert.deepEqual((await pausing).postDataJSON(), { enabled: false })
    await page.getByRole('button', { name: 'Resume it' }).waitFor()
    await page.getByText('is not told later').waitFor()
    await page.getByRole('button', { name: 'Change it' }).click()
    await page.getByLabel('SafetyAlert').uncheck()
    const changing = page.waitForRequest((request) => request.method() === 'PATCH')
    await page.getByRole('button', { name: 'Change it' }).click()
    assert.deepEqual((await changing).postDataJSON(), { url: first.url, eventTypes: ['PremiumUpdated'] })
    assert.deepEqual(problems, [])
  })

  it('sends one a test, and says what came of it', async () => {
    const { page, problems } = await pages.visit('/webhooks')
    const path = `/admin/webhooks/${first.id}/test`
    await page.getByRole('button', { name: first.url }).click()
    for (const [tested, says] of [
      [{ status: 204, error: null, tookMs: 38 }, 'The test was taken within 38 ms.'],
      [{ status: 404, error: 'It answered 404', tookMs: 12 }, 'The test was not taken. It answered 404.'],
    ] as const) {
      pages.cloud.answers.set(path, tested)
      await page.getByRole('button', { name: 'Send a test' }).click()
      await page.getByRole('status').getByText(says).waitFor()
    }
    await page.getByRole('button', { name: second.url }).click()
    await page.getByText('The test was').waitFor({ state: 'detached' })
    assert.deepEqual(problems, [])
  })

  it('gives one a new secret only when asked twice, and says how long the old one lasts', async () => {
    const { page, problems } = await pages.visit('/webhooks')
    const asked: unknown[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/secret')) asked.push(request.postDataJSON())
    })
    await page.getByRole('button', { name: first.url }).click()
    const confirm = page.getByRole('group', { name: 'Confirm' })
    for (const [act, overlapHours] of [
      ['End the old one in a day', 24],
      ['End it now', 0],
    ] as const) {
      await page.getByRole('button', { name: 'New secret' }).click()
      assert.deepEqual(asked, [])
      await confirm.getByRole('button', { name: act }).click()
      await page.getByText(sampleRenewedSecret.secret).waitFor()
      await page.getByRole('button', { name: 'I have it' }).click()
      await page.getByText(sampleRenewedSecret.secret).waitFor({ state: 'detached' })
      assert.deepEqual(asked.splice(0), [{ overlapHours }])
    }
    assert.deepEqual(problems, [])
  })

  it('removes one only when asked twice', async () => {
    const { page, problems } = await pages.visit('/webhooks')
    const removed: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'DELETE') removed.push(new URL(request.url()).pathname)
    })
    await page.getByRole('button', { name: second.url }).click()
    await page.getByRole('button', { name: 'Remove it' }).click()
    await page.getByRole('button', { name: 'Keep it' }).click()
    assert.deepEqual(removed, [])
    await page.getByRole('button', { name: 'Remove it' }).click()
    pages.cloud.answers.set('/admin/webhooks', { items: [first], nextCursor: null })
    await page.getByRole('group', { name: 'Confirm' }).getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('button', { name: second.url }).waitFor({ state: 'detached' })
    assert.deepEqual(removed, [`/api/v1/admin/webhooks/${second.id}`])
    assert.deepEqual(problems, [])
  })

  it('says what comes next where there is none', async () => {
    pages.cloud.mode = 'empty'
    const { page } = await pages.visit('/webhooks')
    await page.getByText('Add the address of a system that is to be told.').waitFor()
  })
})
