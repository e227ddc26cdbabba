import type { NotificationKind } from '@fairmile/contract/http/notification-kinds.ts'
import type { Told } from '@fairmile/contract/http/notifications.ts'
import type { PasswordLinkKind } from '../../db/schema/password-links.ts'

/** A message in one language: plain text, which whoever sends it escapes. */
export interface Words {
  readonly subject: string
  /** Paragraphs. */
  readonly lines: readonly string[]
  /** Where to go from here: a page of the dashboard. */
  readonly action: { readonly label: string; readonly path: string } | null
}

/** Writes figures as the reader does. */
export interface Figures {
  /** `minor` units of a currency. */
  money(minor: number, currency: string): string
  number(value: number): string
  /** A day of the calendar, `2026-06-30`. */
  day(date: string): string
  /** Day and time by the reader's clock. */
  moment(at: number | string | Date): string
}

/** The true limit by which a contested event was judged, and what the event is by it. */
export type TrueLimit = NonNullable<DataOf<'contest_ruled'>['limit']>

/** What became of a policy. */
export type PolicyChange = DataOf<'policy_changed'>

type DataOf<K extends NotificationKind> = Extract<Told, { kind: K }>['data']

/** A link by which a password is set. */
export interface LinkToPassword {
  readonly kind: PasswordLinkKind
  /** Where it leads, with its token. */
  readonly path: string
  readonly expiresAt: Date
}

/** All words of a language. */
export interface Templates {
  readonly kinds: { readonly [K in NotificationKind]: (data: DataOf<K>, figures: Figures) => Words }
  readonly passwordLinks: {
    readonly [K in PasswordLinkKind]: (link: LinkToPassword, figures: Pick<Figures, 'moment'>) => Words
  }
  /** Why somebody gets what is about their log-in. */
  readonly logInFooter: string
  readonly greeting: (name: string) => string
  readonly digest: (count: number) => string
  /** Why somebody gets this, and how to end it. */
  readonly footer: string
  readonly unsubscribe: string
  readonly unsubscribed: string
  readonly unsubscribeQuestion: string
}
