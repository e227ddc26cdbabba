import type { DeviceCare } from '@fairmile/contract/http/device-care.ts'
import type { Device } from '@fairmile/contract/http/devices.ts'
import { css, html, nothing, type PropertyValues } from 'lit'
import '../components/device-care.ts'
import { elementWith } from '../components/element.ts'
import { reveal } from '../components/reveal.ts'
import { showMore } from '../components/show-more.ts'
import { show } from '../components/view-state.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { Resource } from '../controllers/resource.ts'
import { api } from '../data/api.ts'
import { base, grid } from '../styles/base.ts'
import { when } from '../words/dates.ts'

/** A device that was seen this recently is taken as online: its keep-alive is shorter. */
const onlineWithinMs = 120_000

/** For admins: devices with their state, and what one says of itself. */
export class DevicesPage extends elementWith({ chosenId: null as string | null, asking: '' }) {
  static styles = [
    base,
    grid,
    css`
      :host { font-size: var(--size-1); }
      td { padding: 6px 8px; overflow-wrap: anywhere; }
      .state { white-space: nowrap; }
      .state::before { content: ""; display: inline-block; width: 8px; height: 8px; border-radius: 50%; margin-right: 8px; box-shadow: inset 0 0 0 2px var(--ink-soft); }
      .state.online::before { background: var(--brand); box-shadow: none; }
      .id { min-height: 24px; padding: 0; justify-content: start; white-space: nowrap; font: var(--size-0) var(--mono); font-weight: 600; color: var(--brand); background: none; text-decoration: underline; }
      tr[aria-current="true"] td { background: var(--brand-wash); }
      #care { outline: none; height: auto; }
      @media (max-width: 900px) { .id { min-height: 44px; } }
      code { font: var(--size-0) var(--mono); }
      @media (max-width: 900px) { .wide { display: none; } }
    `,
  ]

  readonly #devices = new PagedList<true, Device>(this, (_key, cursor, signal) =>
    api.devices({ cursor, limit: 100 }, signal),
  )

  readonly #care = new Resource<string, DeviceCare>(this, api.deviceCare)

  override willUpdate(_changed: PropertyValues): void {
    this.#devices.first.want(true)
    this.#care.want(this.chosenId)
  }

  override render() {
    return html`<div class="grid">
      <header class="page-head"><div><h1>Devices</h1><p>State as of the last message. What of theirs could not be stored is under <a href="/dead-messages">dead messages</a>.</p></div>
        <button class="ghost" @click=${this.#reload}>Refresh</button></header>
      <section class="card of-12"><header><h2>Devices</h2><span class="soft">${this.#devices.items.length || ''}</span></header>
        ${show(this.#devices.first, {
          what: 'The devices',
          lines: 5,
          isEmpty: ({ items }) => items.length === 0,
          empty: {
            title: 'No devices.',
            next: 'Create one with POST /api/v1/devices; its claim code is for the first start of the agent.',
          },
          content: () => deviceTable(this.#devices.items, this.chosenId, this.#choose),
        })}${showMore(this.#devices)}</section>
      ${this.chosenId === null ? nothing : this.#careCard(this.chosenId)}</div>`
  }

  #careCard(id: string) {
    return html`<section class="card of-12" id="care" tabindex="-1"><header><h2>How ${id} is</h2>
        <button class="ghost" ?disabled=${this.asking !== ''} @click=${() => this.#ask(id)}>Ask the doctor</button></header>
      ${this.asking ? html`<p class="soft" role="status">${this.asking}</p>` : nothing}
      ${show(this.#care, {
        what: 'What the device says of itself',
        lines: 4,
        empty: { title: 'No such device.', next: 'It may have been removed: refresh the list.' },
        content: (care) => html`<fm-device-care .care=${care}></fm-device-care>`,
      })}</section>`
  }

  readonly #choose = async (id: string): Promise<void> => {
    this.chosenId = id
    this.asking = ''
    await reveal(this, '#care')
  }

  async #ask(id: string): Promise<void> {
    try {
      await api.askDoctor(id)
      this.asking = 'Asked. The report is here some seconds after the device is next online: refresh to see it.'
    } catch (error) {
      this.asking = `It could not be asked: ${error instanceof Error ? error.message : String(error)}`
    }
  }

  #reload(): void {
    void this.#devices.first.reload()
    void this.#care.reload()
    this.asking = ''
  }
}
customElements.define('fm-devices-page', DevicesPage)

function stateOf({ claimedAt, lastSeenAt }: Device, now: number): { online: boolean; words: string } {
  if (claimedAt === null) return { online: false, words: 'unclaimed' }
  if (lastSeenAt === null) return { online: false, words: 'never seen' }
  const online = now - Date.parse(lastSeenAt) < onlineWithinMs
  return { online, words: online ? 'online' : 'offline' }
}

function deviceTable(devices: readonly Device[], chosenId: string | null, choose: (id: string) => void) {
  const now = Date.now()
  return html`<table><thead><tr><th scope="col">Device</th><th scope="col">State</th><th scope="col">Vehicle</th>
    <th scope="col" class="wide">Driver</th><th scope="col" class="wide number">Claimed</th><th scope="col" class="number">Last seen</th></tr></thead>
    <tbody>${devices.map((device) => {
      const state = stateOf(device, now)
      return html`<tr aria-current=${device.id === chosenId}><td><button class="id" @click=${() => choose(device.id)}>${device.id}</button></td><td><span class="state ${state.online ? 'online' : ''}">${state.words}</span></td>
        <td>${device.vehicle.name}</td><td class="wide"><code>${device.driverId ?? '–'}</code></td>
        <td class="wide number">${device.claimedAt ? when(device.claimedAt, now) : '–'}</td>
        <td class="number">${device.lastSeenAt ? when(device.lastSeenAt, now) : '–'}</td></tr>`
    })}</tbody></table>`
}
