import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import type { Receipt, ReceiptTrip } from '@fairmile/contract/receipt.ts'
import { pricingModelExample, receiptInputExample, secondPlanExample, tripExample } from '../pricing/pricing-example.ts'
import { issueReceipt, judge, type ReceiptInput } from '../pricing/receipt.ts'
import { whatIfPrice } from './what-if-price.ts'
import { withoutEvents } from './without-events.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const { model } = pricingModelExample(sha256)
const brake = { kind: 'harsh_braking', band: 'coach', grade: 'A' } as const
const brakes = [brake, brake, brake, brake]
const trips = [tripExample(0, { events: brakes }), tripExample(4), tripExample(8)]
/** Four harsh brakes in ten kilometres, of the band that spoils discounts, and some kilometres without. */
const long = [tripExample(0, { km: 900, events: Array(360).fill({ ...brake, band: 'count' }) }), tripExample(400)]

const issued = (of: readonly ReceiptTrip[], more: Partial<ReceiptInput> = {}): Receipt =>
  issueReceipt({ ...receiptInputExample(sha256, of), ...more }).receipt
const stepOf = ({ steps }: Receipt, name: string): number =>
  steps.find((step) => step.name === name)?.value ?? assert.fail(`there is no step "${name}"`)
const rowOf = (of: readonly ReceiptTrip[]): Float32Array =>
  Float32Array.from(judge(of, model).features, ({ value }) => value ?? Number.NaN)
const without = ([first, ...others]: readonly ReceiptTrip[], n: number): ReceiptTrip[] => {
  const event = { ...first!.statistics.events[0]!, tripId: first!.id }
  return withoutEvents([first!, ...others], Array(n).fill(event))
}
const asked = (receipt: Receipt, after: readonly ReceiptTrip[]) =>
  whatIfPrice({ receipt, model }, { row: rowOf(after), trips: after }) ?? assert.fail('there is no price')

test('whatIfPrice is the month of the receipt before and after, and lies in its interval', () => {
  const receipt = issued(trips)
  const price = asked(receipt, without(trips, 4))
  // 60 of 1060 km: R = 1 before and 1 + 0.056603 (0.548812 − 1) after; discount 45 % × 60 ÷ 560 = 4.8214 %.
  assert.deepEqual([price.beforeMinor, price.afterMinor], [4107, 4010])
  assert.ok(price.lowMinor < price.afterMinor && price.afterMinor < price.highMinor)
  const same = whatIfPrice({ receipt, model }, { row: rowOf(trips) })
  assert.partialDeepStrictEqual(same, { afterMinor: 4107, lowMinor: 4107, highMinor: 4107 })
})

test('whatIfPrice goes by the classes, the days and the limits of change that the receipt was issued with', () => {
  const startsAt = Date.UTC(2026, 5, 1)
  const second = { plan: secondPlanExample(), rated: { jurisdiction: 'DE', classes: { vehicle: 'large' } } }
  const before = { receiptId: 'RCP-1', behaviourFactorPpm: 1_250_000, factorInForcePpm: 1_200_000 }
  const carried = { policyId: 'POL-0', receiptId: 'RCP-1', relativityPpm: 1_500_000 }
  const terms: Partial<ReceiptInput>[] = [
    second,
    // In the days of notice, of seven.
    { ...second, issuedAt: startsAt + 5 * 86_400_000 },
    { ...second, renewedFrom: before },
    { ...second, renewedFrom: before, carried },
    { carried },
  ]
  for (const more of terms) {
    const receipt = issued(long, more)
    const month = stepOf(receipt, 'month')
    const unchanged = asked(receipt, long)
    assert.ok(asked(receipt, without(long, 360)).afterMinor < month)
    assert.deepEqual([unchanged.beforeMinor, unchanged.afterMinor], [month, month])
    for (const n of [60, 200, 320, 345, 360]) {
      const calmer = without(long, n)
      const { beforeMinor, afterMinor } = asked(receipt, calmer)
      assert.deepEqual([beforeMinor, afterMinor], [month, stepOf(issued(calmer, more), 'month')])
    }
  }
})

test('whatIfPrice changes nothing by features that may not be rated', () => {
  const receipt = issued(long, { plan: secondPlanExample(), rated: { jurisdiction: 'EU-default' } })
  const { beforeMinor, afterMinor } =
    whatIfPrice({ receipt, model }, { row: rowOf(without(long, 360)) }) ?? assert.fail()
  assert.equal(afterMinor, beforeMinor)
})

test('whatIfPrice tells nothing of a receipt by another model', () => {
  const receipt = issued(trips)
  assert.equal(whatIfPrice({ receipt, model: { ...model, modelHash: 'another' } }, { row: rowOf(trips) }), null)
})
