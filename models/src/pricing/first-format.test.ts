import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { ReceiptV1 } from '@fairmile/contract/receipt.ts'
import { driverFeatures } from '../features/driver.ts'
import { pricingModelExample, receiptInputExample, tripExample } from './pricing-example.ts'
import { parseRatingPlan } from './rating-plan.ts'
import { issueReceiptV1 } from './receipt-v1-example.ts'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const plan = parseRatingPlan(readFileSync(join(import.meta.dirname, '../../plans/fairmile-1.json'), 'utf8'))

/** By a model of the features of then. */
const { model } = pricingModelExample(
  sha256,
  driverFeatures.flatMap(({ name }) => (name === 'speeding_rate' ? [name, 'phone_share'] : [name])),
)

/** Of the receipts below, as the code issued them that knew the first format alone: what was issued must verify for ever. */
const issuedThen = 'ccfeba4c0b1ecd4470db982b486125da2c443c98ee79d834cf8bb96169b2cada'

test('a plan of the first format prices to the byte what it did before there was another', () => {
  const bodies: string[] = []
  for (let term = 0; term < 40; term++) {
    const trips = Array.from({ length: 1 + (term % 9) }, (_, n) =>
      tripExample(n * (1 + (term % 3)), {
        km: 0.7 + ((term * 37 + n * 91) % 260) * 1.13,
        gradable: ((term * 7 + n * 3) % 11) / 10,
        temper: ((term + n * 5) % 13) / 12,
        events: (['harsh_braking', 'speeding', 'phone_use', 'harsh_cornering'] as const).flatMap((kind, k) =>
          (term + n * k) % 4 === 0
            ? [{ kind, band: n % 2 ? 'count' : 'coach', grade: k % 3 ? 'A' : 'B' } as const]
            : [],
        ),
      }),
    )
    let before: ReceiptV1['before'] = null
    for (let n = 1; n <= trips.length; n += 2) {
      const { receipt, body } = issueReceiptV1({
        ...receiptInputExample(sha256, trips.slice(0, n)),
        model,
        plan,
        before,
      })
      before = { receiptId: receipt.id, premiumMinor: receipt.premiumMinor }
      bodies.push(body)
    }
  }
  assert.equal(sha256(bodies.join('\n')), issuedThen)
})
