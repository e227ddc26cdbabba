import type { Database } from '../src/db/database.ts'
import { premiums, receipts, scores } from '../src/db/schema/pricing.ts'

/** A score of a driver, as the risk consumer writes it. */
export async function addScore(
  db: Database,
  driverId: string,
  risk: number,
  { version = 1, judgedKm = 800, periodDays = 30 } = {},
): Promise<void> {
  await db.insert(scores).values({
    ...{ driverId, version, risk, riskLow: Math.max(0, risk - 5), riskHigh: Math.min(100, risk + 5) },
    eventId: Number(driverId.slice(4)) * 1000 + version,
    calculatedAt: new Date(Date.UTC(2026, 5, 9, 0, version)),
    ...{ margin: 0, relativity: 1, exposureKm: 900, judgedKm, trips: 20, periodDays },
    ...{ modelName: 'm', modelVersion: '1', modelHash: 'h', features: {}, reasons: [] },
  })
}

/** A premium of a policy with its receipt, as the pricing consumer writes it. */
export async function addPremium(
  db: Database,
  {
    policyId,
    driverId,
    version = 1,
    minor,
    monthMinor = Math.round(minor / 12),
    discountPpm = 100_000,
    relativityPpm = 1e6,
    at = new Date(Date.UTC(2026, 5, 9, 0, version)),
  }: {
    policyId: string
    driverId: string
    version?: number
    minor: number
    monthMinor?: number
    discountPpm?: number
    relativityPpm?: number
    at?: Date
  },
): Promise<void> {
  const receiptId = `RCP-${driverId}-${version}`
  await db.insert(receipts).values({ id: receiptId, policyId, driverId, issuedAt: at, stem: '{}', hash: 'h' })
  await db.insert(premiums).values({
    ...{
      policyId,
      driverId,
      version,
      receiptId,
      calculatedAt: at,
      planId: 'fairmile-1',
      currency: 'EUR',
      termDays: 365,
    },
    eventId: Number(driverId.slice(4)) * 1000 + version,
    ...{ premiumMinor: minor, monthMinor, beforeDiscountMinor: minor * 2 },
    ...{ discountPpm, maxDiscountPpm: 450_000, cleanSharePpm: 600_000, credibilityPpm: 500_000, relativityPpm },
    exposureKm: 900,
  })
}
