import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { driving, parked, screens } from '../demos/samples/screens.ts'
import { noBrowser, startBrowser } from './browser.ts'
import { type ScratchScreen, startScratchScreen } from './scratch-screen.ts'

describe('in-car screen', { skip: noBrowser }, () => {
  let browser: Browser
  let box: ScratchScreen
  before(async () => {
    box = await startScratchScreen()
    browser = await startBrowser()
  })
  after(async () => {
    await browser?.close()
    await box?.close()
  })
  afterEach(async () => {
    box.posts.length = 0
    for (const context of browser.contexts()) await context.close()
  })

  const open = async (width = 480, height = 320): Promise<{ page: Page; problems: string[] }> => {
    const page = await browser.newPage({ viewport: { width, height } })
    const problems: string[] = []
    page.on('pageerror', ({ message }) => problems.push(message))
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('net::')) problems.push(message.text())
    })
    await page.goto(box.url)
    return { page, problems }
  }

  for (const [width, height] of [
    [480, 320],
    [800, 480],
    [1024, 600],
  ] as const)
    it(`shows every state whole at ${width}×${height}, with nothing to touch or scroll while driving`, async () => {
      const { page, problems } = await open(width, height)
      for (const [name, state] of Object.entries(screens))
        for (const ground of ['black', 'white'] as const) {
          if (state === null) continue
          box.show({ ...state, ground })
          await page.waitForFunction(isDrawn, JSON.stringify({ ...state, ground }))
          assert.deepEqual(await page.evaluate(whatIsCut), [], `${name} on ${ground}`)
          if (state.view === 'driving')
            assert.equal(await page.locator('button, a, input, [tabindex]').count(), 0, name)
        }
      assert.deepEqual(problems, [])
    })

  it('says what happens next before the first state', async () => {
    box.show(null)
    const { page } = await open()
    await page.getByText('The score shows as soon as the box answers.').waitFor()
  })

  it('shows the state at once after a reload', async () => {
    box.show({ ...driving, score: 73 })
    const { page } = await open()
    await page.getByText('73').waitFor()
    await page.reload()
    await page.getByText('73').waitFor()
  })

  it('shows no old figure when the agent has gone, and the new one when it is back', async () => {
    box.show({ ...driving, score: 73 })
    const { page } = await open()
    await page.getByText('73').waitFor()
    box.show(null)
    box.cut()
    await page.getByText('No connection to the box').waitFor()
    assert.equal(await page.getByText('73').count(), 0)
    box.show({ ...driving, score: 74 })
    await page.getByText('74').waitFor()
  })

  it('takes an agent that keeps silent for gone', async () => {
    box.show(driving)
    const page = await browser.newPage({ viewport: { width: 480, height: 320 } })
    await page.clock.install()
    await page.goto(box.url)
    await page.getByText('87').waitFor()
    box.show(null)
    await page.clock.fastForward(4000)
    await page.getByText('No connection to the box').waitFor()
  })

  it('asks for a code when it is touched, and shows the one that comes', async () => {
    box.show(parked)
    const { page } = await open()
    const button = page.getByRole('button', { name: 'Pair a phone' })
    const { width = 0, height = 0 } = (await button.boundingBox()) ?? {}
    assert.ok(width >= 44 && height >= 44, `${width}×${height}`)
    const asked = page.waitForResponse((response) => response.status() === 202)
    await button.click()
    await asked
    assert.deepEqual(box.posts, ['/local/v1/pairing'])
    box.show({ ...parked, pairing: { code: '012345', leftS: 100 } })
    await page.getByText('012 345').waitFor()
  })
})

type Face = HTMLElement & { state: unknown; isUpdatePending: boolean }

/** Runs in the page: whether a state has come and is drawn. */
function isDrawn(wanted: string): boolean {
  const face = document.querySelector<Face>('fm-in-car-face')
  return face !== null && JSON.stringify(face.state) === wanted && !face.isUpdatePending
}

/** Runs in the page: what reaches over the window, or is wider or higher than what holds it. */
function whatIsCut(): string[] {
  const root = document.querySelector('fm-in-car-face')!.shadowRoot!
  return [...root.querySelectorAll<HTMLElement>('main, main *:not(svg *)')].flatMap((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect()
    const outside = left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1
    const cut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
    return outside || cut ? [`${element.tagName} ${element.className}: ${element.textContent?.trim()}`] : []
  })
}
