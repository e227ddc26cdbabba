import type { Alert } from '@fairmile/contract/records.ts'

/** A trip that ended and was stored, or changed: a missing part arrived, or another drove it. Statistics stay in the trips table. */
interface TripCompleted {
  type: 'TripCompleted'
  /** The driver's id. */
  subject: string
  data: {
    tripId: string
    deviceId: string
    /** Whose score rests on it, or rested on it before. */
    driverId: string
    /** The policy to be priced anew. */
    policyId: string
    startAt: number
    endAt: number
    /** The version of the trip that is spoken of. */
    version: number
  }
}

/** A new version of a driver's score. */
interface RiskScoreCalculated {
  type: 'RiskScoreCalculated'
  subject: string
  data: {
    driverId: string
    version: number
    tripId: string
    /** The policy that covered the trip: the one to be priced anew. */
    policyId: string
    risk: number
    intervalHalfWidth: number
  }
}

/** A new version of a policy's premium, with its receipt. Money in minor units, shares in parts per million. */
interface PremiumUpdated {
  type: 'PremiumUpdated'
  subject: string
  data: {
    driverId: string
    policyId: string
    version: number
    receiptId: string
    premiumMinor: number
    currency: string
    discountPpm: number
  }
}

/** A new driver with a log-in. */
interface DriverCreated {
  type: 'DriverCreated'
  subject: string
  data: { driverId: string }
}

/** An alert that a device gave; the subject is the driver, or the device where no policy covers it. */
interface SafetyAlert {
  type: 'SafetyAlert'
  subject: string
  data: { deviceId: string; driverId: string | null; alert: Alert }
}

/** What happened, in the words of the business. Times in the data are UTC epoch milliseconds. */
export type DomainEvent = TripCompleted | RiskScoreCalculated | PremiumUpdated | DriverCreated | SafetyAlert
export type DomainEventType = DomainEvent['type']

/** A domain event as it is stored: with its number and time, after CloudEvents 1.0 (`id`, `time`, `type`, `subject`, `data`). */
export type StoredDomainEvent<T extends DomainEventType = DomainEventType> = Extract<DomainEvent, { type: T }> & {
  id: number
  time: Date
}
