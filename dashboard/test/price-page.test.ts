import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sampleDriver } from '../demos/samples/people.ts'
import { samplePremium } from '../demos/samples/pricing.ts'
import { noBrowser } from './browser.ts'
import { scratchPages } from './scratch-pages.ts'

const [own] = sampleDriver.policies
const van = { ...own!, id: 'POL-VAN', vehicle: { id: 'VEH-VAN', name: 'The van' } }

describe('price page of a driver with two policies', { skip: noBrowser }, () => {
  const pages = scratchPages()

  it('shows the present one, and the other where that is chosen', async () => {
    pages.cloud.answers.set('/drivers/DRV-0001', { ...sampleDriver, policies: [own, van] })
    const asked: string[] = []
    const { page, problems } = await pages.visit('/price')
    page.on('request', (request) => asked.push(request.url().replace(/^.*\/api\/v1/, '')))
    const choice = page.getByLabel('Policy')
    assert.equal(await choice.inputValue(), samplePremium.policyId)
    pages.cloud.answers.set('/drivers/DRV-0001/premium', { ...samplePremium, policyId: van.id, premiumMinor: 12_345 })
    await choice.selectOption({ value: van.id })
    await page.getByText('€123.45').first().waitFor()
    assert.equal(await choice.inputValue(), van.id)
    assert.ok(asked.includes(`/drivers/DRV-0001/premium?policyId=${van.id}`))
    assert.deepEqual(problems, [])
  })

  it('asks nothing of who has one', async () => {
    const { page } = await pages.visit('/price')
    await page.getByText('Check this price yourself').waitFor()
    assert.equal(await page.getByLabel('Policy').count(), 0)
  })
})
