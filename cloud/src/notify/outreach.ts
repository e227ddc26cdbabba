import { createUnsubscribeTokens, type UnsubscribeTokens } from './mail/unsubscribe-token.ts'
import { publicTargets, type TargetRules } from './outbound/target.ts'

/** Which ways to people the service has, as its API tells and takes them. */
export interface Outreach {
  readonly email: boolean
  /** Public key for browsers' subscriptions; null: no web push. */
  readonly pushKey: string | null
  readonly tokens: UnsubscribeTokens
  /** Where webhooks and push services may be. */
  readonly targets: TargetRules
}

/** No way but the pages: its tokens are nobody's. */
export const pagesAlone: Outreach = {
  email: false,
  pushKey: null,
  tokens: createUnsubscribeTokens(crypto.getRandomValues(new Uint8Array(32))),
  targets: publicTargets,
}
