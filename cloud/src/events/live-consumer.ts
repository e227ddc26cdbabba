import type { LivePort } from '../live/fan-out.ts'
import type { Handler } from './consumers.ts'

/** Tells live pages of new scores and premiums. A page may hear of one twice: it shows the newest. */
export function createLiveConsumer({ live }: { live: LivePort }): Handler {
  return async (_tx, event) => {
    const at = event.time.getTime()
    if (event.type === 'RiskScoreCalculated') {
      const { driverId, risk, intervalHalfWidth, tripId } = event.data
      live.publish({ type: 'risk_score_update', driverId, at, risk, intervalHalfWidth, tripId })
    }
    if (event.type === 'PremiumUpdated') {
      const { driverId, policyId, receiptId, premiumMinor, currency, discountPpm } = event.data
      live.publish({ type: 'pricing_update', driverId, policyId, at, receiptId, premiumMinor, currency, discountPpm })
    }
  }
}
