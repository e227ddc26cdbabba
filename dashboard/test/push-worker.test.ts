import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { noBrowser } from './browser.ts'
import { scratchPages } from './scratch-pages.ts'

describe('push worker', { skip: noBrowser }, () => {
  const pages = scratchPages()

  it('runs under the policy of the pages, and shows what is pushed', async () => {
    const { page, problems } = await pages.visit('/notifications')
    await page.context().grantPermissions(['notifications'])
    await page.getByText('This browser shows no pushes yet.').or(page.getByText('Pushes are blocked')).waitFor()
    const devtools = await page.context().newCDPSession(page)
    const registered = new Promise<string>((resolve) =>
      devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
        for (const { status, registrationId } of versions) if (status === 'activated') resolve(registrationId)
      }),
    )
    await devtools.send('ServiceWorker.enable')
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/push-worker.js')
    })
    const registrationId = await registered
    const data = JSON.stringify({ id: '7', title: 'A title', body: 'A body', path: '/score', language: 'de' })
    // On a busy machine the first push may be lost without a word; another with the same tag takes its place.
    let shown: unknown
    while (!shown) {
      await devtools.send('ServiceWorker.deliverPushMessage', { origin: pages.cloud.url, registrationId, data })
      shown = await page.evaluate(async () => {
        await new Promise(requestAnimationFrame)
        const registration = await navigator.serviceWorker.getRegistration('/')
        const [found] = (await registration?.getNotifications()) ?? []
        return found && { title: found.title, body: found.body, tag: found.tag, lang: found.lang }
      })
    }
    assert.deepEqual(shown, { title: 'A title', body: 'A body', tag: 'fairmile-7', lang: 'de' })
    assert.deepEqual(problems, [])
  })
})
