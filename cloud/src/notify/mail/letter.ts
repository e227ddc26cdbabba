import type { NotificationLanguage } from '@fairmile/contract/http/notification-kinds.ts'
import type { Words } from '../templates/words.ts'

/** An e-mail before it is laid out. */
export interface Letter {
  readonly language: NotificationLanguage
  /** One message, or several in a digest. */
  readonly words: readonly [Words, ...Words[]]
  readonly footer: string
  /** Address that ends e-mails of its kind; null where there is none. */
  readonly unsubscribeUrl: string | null
}
