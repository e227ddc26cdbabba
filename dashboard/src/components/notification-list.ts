import type { Notification } from '@fairmile/contract/http/notifications.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { when } from '../words/dates.ts'
import { notificationWords } from '../words/notification-words.ts'
import { elementWith } from './element.ts'

/** What a driver was told, the newest first; what is new is marked in words too. */
export class NotificationList extends elementWith({ notifications: [] as readonly Notification[], nowMs: Date.now() }) {
  static styles = [
    base,
    css`
      li { padding: var(--space-3) 0; display: grid; gap: 2px; }
      li + li { border-top: 1px solid var(--line); }
      header { display: flex; gap: var(--space-2); align-items: baseline; flex-wrap: wrap; }
      header .soft { margin-left: auto; }
      p { overflow-wrap: anywhere; }
      .new { border-color: var(--brand); color: var(--brand); }
    `,
  ]

  override render() {
    return html`<ul>${this.notifications.map((notification) => {
      const { title, text, path } = notificationWords(notification, this.nowMs)
      return html`<li><header>${path === null ? html`<b>${title}</b>` : html`<a class="target" href=${path}><b>${title}</b></a>`}
        ${notification.readAt === null ? html`<span class="tag new">new</span>` : nothing}
        <span class="soft">${when(notification.createdAt, this.nowMs)}</span></header>
        <p class="soft">${text}</p></li>`
    })}</ul>`
  }
}
customElements.define('fm-notification-list', NotificationList)
