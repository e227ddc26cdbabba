import type { NotificationChannel } from '@fairmile/contract/http/notification-kinds.ts'
import type { Handler } from '../events/consumers.ts'
import { type HighRisk, highRiskDefault } from './high-risk.ts'
import { recordNotification } from './record-notification.ts'
import { tell } from './tellers.ts'

interface ConsumerOptions {
  /** Channels that this service has. @default none: on the pages alone */
  readonly channels?: ReadonlySet<NotificationChannel>
  /** From which risk on a driver is told that it is high. @default highRiskDefault */
  readonly highRisk?: HighRisk
  /** Wall clock, epoch ms. */
  readonly now?: () => number
}

/** Records what drivers are to be told of domain events, once an event, and its deliveries. */
export function createNotificationConsumer({
  channels = new Set(),
  highRisk = highRiskDefault,
  now = Date.now,
}: ConsumerOptions = {}): Handler {
  return async (tx, event) => {
    const words = await tell(tx, event, { highRisk })
    if (!words) return
    const { driverId, ...told } = words
    const cause = { eventId: event.id }
    await recordNotification(tx, { told, driverId, cause, at: event.time }, { channels, nowMs: now() })
  }
}
