import type { User } from '@fairmile/contract/http/auth.ts'
import type { NotificationPreferencesBody } from '@fairmile/contract/http/notification-preferences.ts'
import type { Notification } from '@fairmile/contract/http/notifications.ts'
import { css, html, nothing, type PropertyValues } from 'lit'
import '../components/notification-list.ts'
import '../components/notification-settings.ts'
import { elementWith } from '../components/element.ts'
import { showMore } from '../components/show-more.ts'
import { show } from '../components/view-state.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { Resource } from '../controllers/resource.ts'
import { api } from '../data/api.ts'
import { type PushState, pushState, turnPushOff, turnPushOn } from '../data/push.ts'
import { base, grid } from '../styles/base.ts'

const pushWords: Readonly<Record<PushState, string>> = {
  on: 'This browser shows pushes, also when the page is closed.',
  off: 'This browser shows no pushes yet.',
  blocked: 'Pushes are blocked in the settings of this browser; allow them there first.',
  unsupported: 'This browser has no web push. On an iPhone, add the page to the home screen first.',
}

/** What a driver was told, and how they want to be told. */
export class NotificationsPage extends elementWith({
  user: null as User | null,
  revision: 0,
  push: null as PushState | null,
  problem: '',
}) {
  static styles = [
    base,
    grid,
    css`.push { margin-top: var(--space-4); display: grid; gap: var(--space-2); justify-items: start; }`,
  ]

  readonly #list = new PagedList<string, Notification>(this, (driver, cursor, signal) =>
    api.notifications(driver, { cursor }, signal),
  )
  readonly #preferences = new Resource<string, Awaited<ReturnType<typeof api.notificationPreferences>>>(
    this,
    api.notificationPreferences,
  )
  #readUpTo = ''

  override connectedCallback(): void {
    super.connectedCallback()
    void pushState().then((state) => {
      this.push = state
    })
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('revision') && changed.get('revision') !== undefined) void this.#list.first.reload()
    const driverId = this.user?.driverId ?? null
    this.#list.first.want(driverId)
    this.#preferences.want(driverId)
  }

  override updated(): void {
    const newest = this.#list.first.value?.items[0]
    if (!newest || newest.readAt !== null || newest.id === this.#readUpTo) return
    this.#readUpTo = newest.id
    void this.#markRead(newest.id)
  }

  override render() {
    const { items } = this.#list
    return html`<div class="grid">
      <header class="page-head"><div><h1>Notifications</h1><p>What you were told, and how you want to be told.</p></div></header>
      <section class="card of-7"><header><h2>Told</h2></header>${show(this.#list.first, {
        what: 'The notifications',
        lines: 6,
        isEmpty: (page) => page.items.length === 0,
        empty: { title: 'Nothing yet.', next: 'Alerts, changes of your premium and rulings appear here.' },
        content: () => html`<fm-notification-list .notifications=${items} .nowMs=${Date.now()}></fm-notification-list>`,
      })}${showMore(this.#list, 'Older')}</section>
      <section class="card of-5"><header><h2>Settings</h2></header>${show(this.#preferences, {
        what: 'The settings',
        lines: 6,
        empty: { title: 'No settings.', next: 'They appear with your first log-in.' },
        content: (preferences) => html`<fm-notification-settings .preferences=${preferences}
            @fm-change=${(event: CustomEvent<NotificationPreferencesBody>) => this.#change(event.detail)}></fm-notification-settings>
          ${preferences.offered.pushKey === null ? nothing : this.#pushHere(preferences.offered.pushKey)}`,
      })}${this.problem ? html`<p class="soft" role="alert">${this.problem}</p>` : nothing}</section></div>`
  }

  #pushHere(key: string) {
    const { push } = this
    if (push === null) return nothing
    const driverId = this.user?.driverId ?? ''
    const turn = push === 'on' ? () => turnPushOff(driverId) : () => turnPushOn(driverId, key)
    return html`<div class="push"><p class="soft" role="status">${pushWords[push]}</p>
      ${push === 'on' || push === 'off' ? html`<button class="ghost" @click=${() => this.#turnPush(turn)}>${push === 'on' ? 'No pushes here' : 'Show pushes here'}</button>` : nothing}</div>`
  }

  async #turnPush(turn: () => Promise<PushState>): Promise<void> {
    await this.#tried('Pushes could not be changed.', async () => {
      this.push = await turn()
    })
  }

  async #change(body: NotificationPreferencesBody): Promise<void> {
    const driverId = this.user?.driverId
    if (!driverId) return
    await this.#tried('The settings were not changed.', async () => {
      await api.setNotificationPreferences(driverId, body)
    })
    await this.#preferences.reload()
  }

  async #markRead(upTo: string): Promise<void> {
    const driverId = this.user?.driverId
    if (!driverId) return
    // What stays unread is marked with the next visit.
    await api.readNotifications(driverId, upTo).catch(() => {})
    this.dispatchEvent(new CustomEvent('fm-read'))
  }

  async #tried(words: string, work: () => Promise<void>): Promise<void> {
    this.problem = ''
    try {
      await work()
    } catch (error) {
      this.problem = `${words} ${error instanceof Error ? error.message : String(error)}`
    }
  }
}
customElements.define('fm-notifications-page', NotificationsPage)
