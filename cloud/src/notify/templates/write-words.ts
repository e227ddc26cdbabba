import type { NotificationLanguage } from '@fairmile/contract/http/notification-kinds.ts'
import type { NotificationPreferencesBody } from '@fairmile/contract/http/notification-preferences.ts'
import type { Told } from '@fairmile/contract/http/notifications.ts'
import { german } from './de.ts'
import { english } from './en.ts'
import type { Figures, LinkToPassword, Templates, Words } from './words.ts'

const templates: Readonly<Record<NotificationLanguage, Templates>> = { en: english, de: german }
const locales: Readonly<Record<NotificationLanguage, string>> = { en: 'en-IE', de: 'de-DE' }

type Reader = Pick<NotificationPreferencesBody, 'language' | 'timeZone'>

/** All words of a language. */
export const templatesOf = (language: NotificationLanguage): Templates => templates[language]

/** Says what is told in the language of its reader, by the reader's clock. */
export function writeWords(told: Told, reader: Reader): Words {
  const write = templates[reader.language].kinds[told.kind] as (data: Told['data'], figures: Figures) => Words
  return onSingleLines(write(told.data, figuresOf(reader)))
}

/** Says what a link by which a password is set is for, in the same way. */
export const writeLinkWords = (link: LinkToPassword, reader: Reader): Words =>
  onSingleLines(templates[reader.language].passwordLinks[link.kind](link, figuresOf(reader)))

const onSingleLines = ({ subject, lines, action }: Words): Words => ({
  subject: oneLine(subject),
  lines: lines.map(oneLine),
  action,
})

/** Takes line ends and other control characters out: nothing that somebody else wrote begins a line or a header. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()

function figuresOf({ language, timeZone }: Reader): Figures {
  const locale = locales[language]
  return {
    number: (value) => new Intl.NumberFormat(locale).format(value),
    day: (date) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', dateStyle: 'medium' }).format(Date.parse(date)),
    moment: (at) =>
      new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at)),
    money: (minor, currency) => {
      const format = new Intl.NumberFormat(locale, { style: 'currency', currency })
      return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
    },
  }
}
