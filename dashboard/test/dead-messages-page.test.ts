import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleDeadLetters } from '../demos/samples/people.ts'
import { sampleDeadNotifications } from '../demos/samples/webhooks.ts'
import { noBrowser } from './browser.ts'
import { scratchPages } from './scratch-pages.ts'

const letter = sampleDeadLetters[0]!
const batch = { deviceId: 'DEV-0002', lane: 'telematics', boot: 7, firstSeq: 301, lastSeq: 360, fingerprint: 'ab12' }

describe('the page of dead messages', { skip: noBrowser }, () => {
  const pages = scratchPages({ email: 'admin@example.com' })

  it('shows what a message of a box says of itself, gives its bytes, and tries it again', async () => {
    pages.cloud.answers.set(`/dead-letters/${letter.id}`, { ...letter, batch })
    const { page, problems } = await pages.visit('/dead-messages')
    await page.getByRole('cell', { name: 'bad_signature' }).waitFor()
    await page.getByRole('button', { name: letter.topic }).click()
    await page.getByText('"firstSeq": 301').waitFor()
    const link = page.getByRole('link', { name: 'Download its bytes' })
    assert.equal(await link.getAttribute('href'), `/api/v1/dead-letters/${letter.id}/payload`)
    const outcome = { id: letter.id, deviceId: letter.deviceId, outcome: 'rejected', reason: letter.reason, detail: '' }
    pages.cloud.answers.set('/dead-letters/replay', { letters: [outcome], more: false })
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    await page.getByRole('button', { name: 'Try it again' }).click()
    assert.deepEqual((await sent).postDataJSON(), { ids: [letter.id] })
    await page.getByRole('status').getByText('0 stored. 1 refused again: bad_signature.').waitFor()
    assert.deepEqual(problems, [])
  })

  it('shows the event that a consumer gave up, and tries it again with that consumer', async () => {
    const { page, problems } = await pages.visit('/dead-messages?way=events')
    await page.getByRole('button', { name: 'TripCompleted of DRV-0001' }).click()
    await page.getByText('"correlationid"').waitFor()
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    await page.getByRole('button', { name: 'Try it again' }).click()
    assert.deepEqual((await sent).postDataJSON(), { consumer: 'risk', eventIds: ['40290'], limit: 1000 })
    await page.getByRole('status').getByText('1 to be tried again').waitFor()
    assert.deepEqual(problems, [])
  })

  it('tries all notifications again that were picked', async () => {
    const { page, problems } = await pages.visit('/dead-messages')
    await page.getByRole('button', { name: 'Notifications' }).click()
    await page.waitForURL(/way=notifications/)
    await page.getByText('550 5.1.1 no such mailbox').waitFor()
    await page.getByLabel('Select all that are shown').check()
    const sent = page.waitForRequest((request) => request.method() === 'POST')
    await page.getByRole('button', { name: 'Try 2 messages again' }).click()
    assert.deepEqual((await sent).postDataJSON(), { ids: sampleDeadNotifications.map(({ id }) => id), limit: 1000 })
    await page.getByRole('region', { name: 'Selection' }).waitFor({ state: 'detached' })
    assert.deepEqual(problems, [])
  })

  it('says why no more could be read', async () => {
    pages.cloud.answers.set('/dead-letters', { items: [letter], nextCursor: 'next' })
    const { page } = await pages.visit('/dead-messages')
    await page.getByRole('button', { name: 'More' }).waitFor()
    pages.cloud.mode = 'failing'
    await page.getByRole('button', { name: 'More' }).click()
    await page.getByRole('alert').getByText('The database does not answer.').waitFor()
  })

  it('lets nothing be tried that was not kept, and says where nothing was given up', async () => {
    pages.cloud.answers.set('/dead-letters', { items: [{ ...letter, hasPayload: false }], nextCursor: null })
    const { page } = await pages.visit('/dead-messages')
    assert.ok(await page.getByLabel(`Select ${letter.id}`).isDisabled())
    await page.getByRole('button', { name: letter.topic }).click()
    assert.ok(await page.getByRole('button', { name: 'Try it again' }).isDisabled())
    pages.cloud.answers.clear()
    pages.cloud.mode = 'empty'
    await page.getByRole('button', { name: 'Domain events' }).click()
    await page.getByText('Every event was handled by all of its consumers').waitFor()
  })
})
