import type { NotificationKind } from '@fairmile/contract/http/notification-kinds.ts'
import type { Told } from '@fairmile/contract/http/notifications.ts'

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
  moment(at: number | string): string
}

type DataOf<K extends NotificationKind> = Extract<Told, { kind: K }>['data']

/** All words of a language. */
export interface Templates {
  readonly kinds: { readonly [K in NotificationKind]: (data: DataOf<K>, figures: Figures) => Words }
  readonly greeting: (name: string) => string
  readonly digest: (count: number) => string
  /** Why somebody gets this, and how to end it. */
  readonly footer: string
  readonly unsubscribe: string
  readonly unsubscribed: string
  readonly unsubscribeQuestion: string
}
