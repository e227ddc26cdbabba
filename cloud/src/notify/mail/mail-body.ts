import type { Words } from '../templates/words.ts'

/** What stands in an e-mail. */
export interface MailParts {
  readonly greeting: string
  /** One message, or several in a digest. */
  readonly words: readonly Words[]
  readonly footer: string
  /** How to end these e-mails; null where there is no address for it. */
  readonly unsubscribe: { readonly label: string; readonly url: string } | null
  /** Address of the pages; null where none is known: then nothing is linked. */
  readonly publicUrl: string | null
}

/** Writes an e-mail as plain text and as simple HTML; everything in it is text and is escaped. Nothing is loaded from anywhere. */
export function mailBody({ greeting, words, footer, unsubscribe, publicUrl }: MailParts): {
  text: string
  html: string
} {
  const linkOf = ({ action }: Words) =>
    action && publicUrl && { label: action.label, url: new URL(action.path, publicUrl).href }
  const isDigest = words.length > 1
  const text = [
    greeting,
    ...words.flatMap((message) => {
      const link = linkOf(message)
      return [
        ...(isDigest ? [`* ${message.subject}`] : []),
        ...message.lines,
        ...(link ? [`${link.label}: ${link.url}`] : []),
      ]
    }),
    `--\n${footer}${unsubscribe ? `\n${unsubscribe.label}: ${unsubscribe.url}` : ''}`,
  ].join('\n\n')
  const html = [
    '<!doctype html><html><head><meta charset="utf-8"></head>',
    '<body style="font:16px/1.5 system-ui,sans-serif;max-width:560px;margin:24px auto;padding:0 16px">',
    `<p>${escapeHtml(greeting)}</p>`,
    ...words.map((message) => {
      const link = linkOf(message)
      const head = isDigest ? `<h2 style="font-size:18px">${escapeHtml(message.subject)}</h2>` : ''
      const lines = message.lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('')
      return `${head}${lines}${link ? `<p><a href="${escapeHtml(link.url)}">${escapeHtml(link.label)}</a></p>` : ''}`
    }),
    `<hr><p style="font-size:13px">${escapeHtml(footer)}`,
    unsubscribe ? `<br><a href="${escapeHtml(unsubscribe.url)}">${escapeHtml(unsubscribe.label)}</a>` : '',
    '</p></body></html>',
  ].join('\n')
  return { text: `${text}\n`, html }
}

/** Writes text so that HTML reads nothing in it. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
