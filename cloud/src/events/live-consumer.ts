import type { LivePort } from '../live/fan-out.ts'
import { isShown } from '../risk/score-standing.ts'
import type { Handler } from './consumers.ts'

const noNumber = { risk: null, intervalHalfWidth: null }

/** Tells live pages of new scores and premiums. A page may hear of one twice: it shows the newest. */
export function createLiveConsumer({ live }: { live: LivePort }): Handler {
  return async (tx, event) => {
    const at = event.time.getTime()
    if (event.type === 'RiskScoreCalculated') {
      const { driverId, version, tripId, ...score } = event.data
      const { risk, intervalHalfWidth } = (await isShown(tx, { driverId, version })) ? score : noNumber
      live.publish({ type: 'risk_score_update', driverId, at, risk, intervalHalfWidth, tripId })
    }
    if (event.type === 'PremiumUpdated') {
      const { driverId, policyId, receiptId, premiumMinor, currency, discountPpm } = event.data
      live.publish({ type: 'pricing_update', driverId, policyId, at, receiptId, premiumMinor, currency, discountPpm })
    }
  }
}
