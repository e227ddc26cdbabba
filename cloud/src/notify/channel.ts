import type { DeliveryChannel } from '@fairmile/contract/http/notification-deliveries.ts'
import type { Claim } from './claim-delivery.ts'

/** How a try ended that nothing is wrong with: it went out; nobody wants it any more; or it may not go out yet. */
export type Sent = 'sent' | { readonly dropped: string } | { readonly waitUntilMs: number }

/** An error that no further try can mend. */
export class UndeliverableError extends Error {
  override readonly name = 'UndeliverableError'
}

/** One way out of the house. Any error but `UndeliverableError` is tried again. */
export interface Channel {
  readonly name: DeliveryChannel
  send(claim: Claim, signal: AbortSignal): Promise<Sent>
  /** Ends its connections. */
  close?(): void
}
