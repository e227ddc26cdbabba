import {
  type NotificationChannel,
  type NotificationKind,
  notificationKinds,
} from '@fairmile/contract/http/notification-kinds.ts'
import type {
  NotificationPreferences,
  NotificationPreferencesBody,
} from '@fairmile/contract/http/notification-preferences.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { kindWords } from '../words/notification-words.ts'
import { elementWith } from './element.ts'

const languages = { en: 'English', de: 'Deutsch' } as const
const zones = Intl.supportedValuesOf('timeZone')

/** How a driver wants to be told: channels by kind, language, quiet hours, digest. Tells each change as `fm-change`. */
export class NotificationSettings extends elementWith({ preferences: null as NotificationPreferences | null }) {
  static styles = [
    base,
    css`
      td:not(:first-child), th:not(:first-child) { text-align: center; width: 72px; }
      td { padding: 4px 8px; }
      input[type="checkbox"] { width: 24px; height: 24px; accent-color: var(--brand); }
      .fields { display: grid; gap: var(--space-3); margin-top: var(--space-4); }
      .field { display: flex; justify-content: space-between; align-items: center; gap: var(--space-3); flex-wrap: wrap; min-height: 44px; }
      select, input[type="time"] { font: inherit; font-size: var(--size-1); color: var(--ink); background: var(--card-solid); border: 1px solid var(--edge); border-radius: var(--radius-small); min-height: 40px; padding: 0 8px; max-width: 220px; }
      .times { display: flex; gap: var(--space-2); align-items: center; flex-wrap: wrap; }
      @media (max-width: 900px) { select, input[type="time"] { min-height: 44px; } input[type="checkbox"] { width: 44px; height: 44px; } }
    `,
  ]

  override render() {
    const { preferences } = this
    if (!preferences) return nothing
    const { language, timeZone, digest, offered } = preferences
    const isPart = (kind: NotificationKind): boolean =>
      preferences.channels[kind].includes('email') && (preferences.urgentByEmail?.includes(kind) ?? false)
    const offers: Record<NotificationChannel, boolean> = { email: offered.email, push: offered.pushKey !== null }
    return html`<table><thead><tr><th>Told of</th><th>E-mail</th><th>Push</th></tr></thead><tbody>
      ${notificationKinds.map(
        (kind) =>
          html`<tr><td>${kindWords[kind]}${isPart(kind) ? html`<span class="soft"> (by e-mail a crash alone)</span>` : nothing}</td>${(
            ['email', 'push'] as const
          ).map(
            (
              channel,
            ) => html`<td><input type="checkbox" aria-label="${kindWords[kind]} by ${channel === 'email' ? 'e-mail' : 'push'}"
            .checked=${preferences.channels[kind].includes(channel)} ?disabled=${!offers[channel]}
            @change=${() => this.#toggle(kind, channel)} /></td>`,
          )}</tr>`,
      )}</tbody></table>
      <p class="soft">Everything is on this page too.${offers.email ? '' : ' This service sends no e-mails.'}${offers.push ? '' : ' It has no web push.'}</p>
      <div class="fields">
        <label class="field">Language of e-mails and pushes<select @change=${(event: Event) => this.#tell({ language: chosenIn(event) as 'en' | 'de' })}>
          ${Object.entries(languages).map(([id, words]) => html`<option value=${id} ?selected=${id === language}>${words}</option>`)}</select></label>
        <label class="field">Time zone<select @change=${(event: Event) => this.#tell({ timeZone: chosenIn(event) })}>
          ${(zones.includes(timeZone) ? zones : [timeZone, ...zones]).map((zone) => html`<option ?selected=${zone === timeZone}>${zone}</option>`)}</select></label>
        ${this.#quietHours(preferences)}
        <label class="field">One e-mail a day, at 8:00<input type="checkbox" .checked=${digest === 'daily'}
          @change=${() => this.#tell({ digest: digest === 'daily' ? 'off' : 'daily' })} /></label>
        <p class="soft">A crash is told at once, at any hour.</p></div>`
  }

  #quietHours({ quietHours }: NotificationPreferences) {
    const edge = (name: 'from' | 'to', words: string) =>
      quietHours &&
      html`<label>${words} <input type="time" .value=${quietHours[name]} @change=${(event: Event) => {
        const changed = { ...quietHours, [name]: chosenIn(event) }
        if (/^\d\d:\d\d$/.test(changed[name]) && changed.from !== changed.to) this.#tell({ quietHours: changed })
        else this.requestUpdate()
      }} /></label>`
    return html`<label class="field">Quiet hours<input type="checkbox" .checked=${quietHours !== null}
        @change=${() => this.#tell({ quietHours: quietHours === null ? { from: '22:00', to: '07:00' } : null })} /></label>
      ${quietHours ? html`<div class="times soft">${edge('from', 'From')}${edge('to', 'to')}</div>` : nothing}`
  }

  #toggle(kind: NotificationKind, channel: NotificationChannel): void {
    if (!this.preferences) return
    const { channels, urgentByEmail = [] } = this.preferences
    const before = channels[kind]
    const after = before.includes(channel) ? before.filter((one) => one !== channel) : [...before, channel]
    this.#tell({
      channels: { ...channels, [kind]: after },
      // What is chosen anew is chosen whole.
      ...(channel === 'email' && { urgentByEmail: urgentByEmail.filter((name) => name !== kind) }),
    })
  }

  #tell(change: Partial<NotificationPreferencesBody>): void {
    if (!this.preferences) return
    const { offered: _, ...before } = this.preferences
    this.dispatchEvent(new CustomEvent('fm-change', { detail: { ...before, ...change } }))
  }
}
customElements.define('fm-notification-settings', NotificationSettings)

const chosenIn = (event: Event): string => (event.target as HTMLInputElement | HTMLSelectElement).value
