import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ReceiptV2 } from '@fairmile/contract/receipt.ts'
import { goneOnFrom } from '@fairmile/models/pricing/gone-on-from.ts'
import { parseRatingPlan } from '@fairmile/models/pricing/rating-plan.ts'
import { emptyLedger, issueReceipt } from '@fairmile/models/pricing/receipt.ts'
import byPlace from '../../models/plans/fairmile-2.json' with { type: 'json' }
import { sampleInput, sampleModel, sampleReceipt, sampleReceipts } from '../demos/samples/pricing.ts'
import { noBrowser } from './browser.ts'
import { scratchPages } from './scratch-pages.ts'

const at = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const [november, december] = [at('2026-11-01'), at('2026-12-01')]
const receipts = '/drivers/DRV-0001/receipts'

describe('the check on the price page', { skip: noBrowser }, () => {
  const pages = scratchPages()

  /** What the check says of the first of these, all of which the service lists. */
  async function checked(receipt: ReceiptV2, others: readonly ReceiptV2[]): Promise<string> {
    pages.cloud.answers.set(`${receipts}/${sampleReceipt.id}`, receipt)
    for (const other of [receipt, ...others]) pages.cloud.answers.set(`${receipts}/${other.id}`, other)
    pages.cloud.answers.set(`${receipts}/${receipt.id}/proof`, null)
    const listed = [receipt, ...others].toSorted((a, b) => b.issuedAt - a.issuedAt)
    const items = listed.map(({ id, policyId, issuedAt }) => ({
      ...{ ...sampleReceipts[0], id, policyId },
      issuedAt: new Date(issuedAt).toISOString(),
    }))
    pages.cloud.answers.set(receipts, { items, nextCursor: null })
    const { page, problems } = await pages.visit('/price')
    await page.getByRole('button', { name: 'Check this price yourself' }).click()
    const result = page.locator('fm-price-check .result')
    await result.waitFor()
    assert.deepEqual(problems, [])
    return result.innerText()
  }

  it('finds a month that is charged a second time, by the receipt that charged it first', async () => {
    const issue = (issuedAt: number, ledger: Partial<ReceiptV2['ledger']>): ReceiptV2 => {
      const trips = sampleInput.trips.filter(({ startAt }) => startAt < issuedAt)
      const of = { ...sampleInput, model: sampleModel, trips, issuedAt }
      return issueReceipt({ ...of, ledger: { ...emptyLedger(), ...ledger } }).receipt
    }
    const billed = issue(november + 1, { billedThrough: november })
    const entries = billed.ledger.entries.map((entry) => ({ ...entry, receiptId: entry.receiptId ?? billed.id }))
    const charges = { billedThroughBefore: november, billedThrough: december, entries }
    const [first, again] = [issue(december + 1, charges), issue(december + 2, charges)]
    assert.ok((again.ledger.entries.at(-1)?.amountMinor ?? 0) > 0)
    assert.match(await checked(first, [billed]), /The arithmetic is right/)
    assert.match(await checked(again, [first, billed]), /It differs at “Entries of RCP-/)
  })

  it('finds a fee that is charged twice in a term, by the newest receipt of the policy before', async () => {
    const plan = parseRatingPlan(JSON.stringify(byPlace))
    const { startsAt, endsAt } = sampleInput.term
    const of = { ...sampleInput, model: sampleModel, plan, rated: { jurisdiction: 'DE' } }
    const before = issueReceipt({
      ...{ ...of, policyId: 'POL-0000', term: { startsAt, endsAt: december }, issuedAt: december },
    }).receipt
    const after = { ...of, trips: [], term: { startsAt: december, endsAt }, issuedAt: december + 1 }
    const honest = issueReceipt({ ...after, endorsementOf: goneOnFrom(before) }).receipt
    const silent = issueReceipt({ ...after, endorsementOf: { policyId: 'POL-0000', fees: [] } }).receipt
    const told = await checked(honest, [before])
    assert.match(told, /The arithmetic is right/)
    assert.doesNotMatch(told, /was not at hand/)
    assert.match(await checked(silent, [before]), /It differs at “Newest receipt of the policy before”/)
  })
})
