import type { PremiumEntry } from '@fairmile/contract/http/ledger.ts'
import { samplePremium } from './pricing.ts'

const acts: [PremiumEntry['kind'], number, string, string][] = [
  ['charge', 3812, '2026-11-01', '2026-11-04T03:05:00Z'],
  ['correction', 214, '2026-11-01', '2026-11-09T17:12:00Z'],
  ['waiver', -214, '2026-11-01', '2026-11-09T17:12:00Z'],
  ['correction', -214, '2026-11-01', '2026-11-17T09:40:00Z'],
  ['waiver', 214, '2026-11-01', '2026-11-17T09:40:00Z'],
  ['refund', -163, '2026-11-01', '2026-11-17T09:40:00Z'],
  ['charge', 4105, '2026-12-01', '2026-12-04T03:05:00Z'],
]

/** A ledger of two months, the newest entry first. */
export const sampleLedger: readonly PremiumEntry[] = acts
  .map(([kind, amountMinor, throughDay, recordedAt], index) => ({
    ...{ seq: index + 1, kind, amountMinor, throughDay, recordedAt: new Date(recordedAt).toISOString() },
    balanceMinor: acts.slice(0, index + 1).reduce((sum, [, amount]) => sum + amount, 0),
    ...{ currency: samplePremium.currency, receiptId: samplePremium.receiptId, correlationId: `sample-${index + 1}` },
  }))
  .toReversed()
