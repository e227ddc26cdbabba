import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { sampleScore } from '../demos/samples/people.ts'
import { reasonsBy, receiptBy, scoreBy } from '../demos/samples/reasons.ts'
import {
  sampleBreakdown,
  sampleComparison,
  sampleRecommendations,
  sampleTrend,
  sampleTrendOfFew,
} from '../demos/samples/risk.ts'
import { askWhatIf, type WhatIfSources } from '../src/data/ask-what-if.ts'
import { treeEngine } from '../src/data/score-engine.ts'
import { decimal, money } from '../src/words/figures.ts'
import { noBrowser } from './browser.ts'
import { publishedModel } from './published-model.ts'
import { scratchPages } from './scratch-pages.ts'

const model = publishedModel()
const reasons = reasonsBy(model)
const receipt = receiptBy(model)

describe('score page', { skip: noBrowser }, () => {
  const pages = scratchPages()

  /** The page of a driver whose score is by the model that is published with the pages. */
  const open = async (options = {}) => {
    pages.cloud.answers.set('/drivers/DRV-0001/score', scoreBy(model))
    pages.cloud.answers.set('/drivers/DRV-0001/reasons', reasons)
    pages.cloud.answers.set('/drivers/DRV-0001/receipts', { items: [{ id: receipt.id }], nextCursor: null })
    pages.cloud.answers.set(`/drivers/DRV-0001/receipts/${receipt.id}`, receipt)
    const visited = await pages.visit('/score', options)
    await visited.page.locator('fm-what-if input').first().waitFor()
    return visited
  }

  it('is reached from the dashboard, and shows what moves the score with its money, and what can be done', async () => {
    const { page, problems } = await open()
    await page.goto(pages.cloud.url)
    await page.getByRole('link', { name: 'What moves it, and what if' }).click()
    await page.getByRole('heading', { name: 'Your score' }).waitFor()
    const [strongest] = reasons.features
    const bar = page.getByRole('img', { name: strongest!.text })
    await bar.waitFor()
    await page.locator('fm-reason-bars small').first().waitFor()
    await page.getByRole('button', { name: `All ${reasons.features.length} features` }).click()
    assert.equal(await page.locator('fm-reason-bars tbody tr').count(), reasons.features.length)
    assert.equal(await page.locator('fm-score-breakdown li').count(), sampleBreakdown.families.length)
    assert.equal(await page.locator('fm-score-trend circle').count(), sampleTrend.points.length)
    await page.getByText('Safer than 84').waitFor()
    const habits = page.locator('fm-score-recommendations')
    await habits.getByText(sampleRecommendations.recommendations[0]!.advice).waitFor()
    await habits.getByText('−€3.30 to −€0.80').waitFor()
    // What is advised can be tried out.
    assert.equal(await page.locator('fm-what-if [aria-labelledby=harsh_braking_rate]').count(), 1)
    assert.equal(await page.locator('fm-what-if [aria-labelledby=speeding_share]').count(), 1)
    await page.locator('fm-score-breakdown').getByText('could not be judged').waitFor()
    assert.deepEqual(problems, [])
  })

  it('what would help has no price where the cloud tells none', async () => {
    const { recommendations } = sampleRecommendations
    const unpriced = recommendations.map((habit) => ({ ...habit, price: null }))
    const told = { ...sampleRecommendations, recommendations: unpriced }
    pages.cloud.answers.set('/drivers/DRV-0001/recommendations', told)
    const { page } = await open()
    const habits = page.locator('fm-score-recommendations')
    await habits.getByText(recommendations[0]!.advice).waitFor()
    await habits.getByText('Points of the safety score; below each').waitFor()
    assert.equal(await habits.getByText('€').count(), 0)
  })

  it('what-if scores and prices in the browser what the models here score and price', async () => {
    const { page, problems } = await open()
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    const engine = page.waitForResponse(/\.wasm$/)
    const slider = page.locator('fm-what-if input').first()
    const feature = (await slider.getAttribute('aria-labelledby')) ?? assert.fail()
    await slider.focus()
    await page.keyboard.press('Home')
    const told = page.locator('fm-what-if .told')
    const expected = await answerHere({ [feature]: 0 })
    assert.notEqual(Math.round(expected.after.safetyScore), Math.round(expected.before.safetyScore))
    await told.getByText(`→ ${decimal(expected.after.safetyScore)}`).waitFor()
    const { price } = expected
    await told.getByText(`→ ${money(price!.afterMinor, price!.currency)}`).waitFor()
    const { low, high } = expected.difference
    await told.getByText(`(${signed(-high)} to ${signed(-low)})`).waitFor()
    // The trees have answered; the cloud's engine, once it is there, says the same.
    assert.ok((await engine).ok())
    await page.waitForLoadState('networkidle')
    await page.keyboard.press('End')
    await page.keyboard.press('Home')
    await told.getByText(`→ ${decimal(expected.after.safetyScore)}`).waitFor()
    await told.getByText(`(${signed(-high)} to ${signed(-low)})`).waitFor()
    assert.deepEqual(
      asked.filter((path) => path.startsWith('/api/')),
      [],
      'nothing is asked of the cloud',
    )

    await page.getByRole('button', { name: 'As it is' }).click()
    await told.getByText('Move a slider').waitFor()
    assert.deepEqual(problems, [])
  })

  it('a slider that comes back to the present value leaves the score as it is', async () => {
    const { page } = await open()
    const slider = page.locator('fm-what-if input').first()
    await slider.focus()
    await page.keyboard.press('ArrowLeft')
    await page.locator('fm-what-if .told .big').first().waitFor()
    await page.keyboard.press('ArrowRight')
    await page.locator('fm-what-if .told').getByText('Move a slider').waitFor()
  })

  it('shows no number while kilometres are missing, and how many', async () => {
    const standing = { status: 'unscored', minimumKm: 5, missingKm: 3.42 }
    const none = { ...standing, safetyScore: null, interval: null }
    const of = '/drivers/DRV-0001'
    pages.cloud.answers.set(`${of}/score`, {
      ...sampleScore,
      ...none,
      judgedKm: 1.58,
      risk: null,
      relativity: null,
      reasons: [],
    })
    pages.cloud.answers.set(`${of}/reasons`, { ...reasons, ...standing, margin: null, features: [] })
    pages.cloud.answers.set(`${of}/breakdown`, { ...sampleBreakdown, ...none, margin: null, families: [] })
    pages.cloud.answers.set(`${of}/comparison`, {
      ...sampleComparison,
      ...none,
      saferShare: null,
      decile: null,
      features: [],
    })
    pages.cloud.answers.set(`${of}/recommendations`, { ...sampleRecommendations, ...none, recommendations: [] })
    pages.cloud.answers.set(`${of}/trend`, sampleTrendOfFew)
    const { page, problems } = await pages.visit('/score')
    await page.locator('fm-score-card').getByText('3.5\u00a0km are missing').waitFor()
    const missing = page.getByText('3.5\u00a0km that can be judged are missing until your driving is scored.')
    await missing.nth(4).waitFor()
    assert.equal(await page.locator('.big, fm-score-place *, fm-what-if').count(), 0)
    assert.equal(await page.locator('fm-score-trend circle.unscored').count(), 3)
    await page.goto(pages.cloud.url)
    await page.locator('fm-dashboard-page').getByText('3.5\u00a0km that can be judged are missing').waitFor()
    assert.equal(await page.locator('fm-score-card .big').count(), 0)
    assert.deepEqual(problems, [])
  })

  it('has a state before the first trip, without the cloud, and without the model', async () => {
    pages.cloud.mode = 'empty'
    const empty = await pages.visit('/score')
    await empty.page.getByText('It comes, with its reasons, with your first whole trip.').first().waitFor()
    pages.cloud.mode = 'failing'
    const failing = await pages.visit('/score')
    await failing.page.getByText('could not be loaded').first().waitFor()
    pages.cloud.mode = 'ok'
    await failing.page.getByRole('button', { name: 'Try again' }).first().click()
    const unpublished = await pages.visit('/score')
    await unpublished.page.getByText('driver-sample 1.0.0, is not published with these pages').waitFor()
  })

  it('says that there is no connection, and loads when it is back', async () => {
    const { page } = await open()
    await page.route('**/api/v1/drivers/**', (route) => route.abort())
    await goAround(page)
    await page.getByText('No connection.').first().waitFor()
    await page.unroute('**/api/v1/drivers/**')
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.locator('fm-what-if input').first().waitFor()
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`fits a phone, ${colorScheme}, with sliders 44 px high`, async () => {
      const { page } = await open({ viewport: { width: 390, height: 844 }, colorScheme })
      await page.locator('fm-what-if input').first().focus()
      await page.keyboard.press('Home')
      await page.locator('fm-what-if .told .big').first().waitFor()
      for (const input of await page.locator('fm-what-if input').all())
        assert.ok(((await input.boundingBox())?.height ?? 0) >= 44)
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390)
    })
  }

  const answerHere = async (values: Record<string, number>) => {
    const sources: WhatIfSources = { reasons, receipt, model, infer: treeEngine(model) }
    return askWhatIf(
      sources,
      Object.entries(values).map(([feature, to]) => ({ feature, to })),
    )
  }
})

/** To another page and back, so that everything is asked for anew. */
async function goAround(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Profile' }).click()
  await page.getByRole('link', { name: 'Score', exact: true }).click()
}

const signed = (value: number): string => `${value > 0 ? '+' : ''}${decimal(value, 1)}`
