import { css, html } from 'lit'
import type { CarState } from '../controllers/live.ts'
import type { Connection } from '../data/live-socket.ts'
import { base } from '../styles/base.ts'
import { elementWith } from './element.ts'

const carWords: Record<CarState, string> = {
  unknown: 'No word from the car yet',
  moving: 'Car is moving',
  standing: 'Car is standing, trip goes on',
  parked: 'Car is parked',
  silent: 'No word from the car',
}

/** Where the car is and whether this page would hear of a change. */
export class CarPill extends elementWith({
  car: 'unknown' as CarState,
  connection: { state: 'closed' } as Connection,
  nowMs: 0,
}) {
  static styles = [
    base,
    css`
      .pill { display: inline-flex; gap: 8px; align-items: center; padding: 6px 12px; border-radius: 99px; background: var(--card); border: 1px solid var(--card-edge); font-size: var(--size-1); }
      .dot { width: 8px; height: 8px; border-radius: 50%; background: var(--brand); flex: none; }
      .dot.hollow { background: none; box-shadow: inset 0 0 0 2px var(--ink-soft); }
      .dot.moving { box-shadow: 0 0 0 4px var(--brand-wash); }
    `,
  ]

  override render() {
    const { car, connection } = this
    const known = connection.state === 'open' && (car === 'moving' || car === 'standing' || car === 'parked')
    return html`<span class="pill" role="status"><span class="dot ${known ? car : 'hollow'}"></span>${this.#words()}</span>`
  }

  #words(): string {
    const { car, connection, nowMs } = this
    if (connection.state === 'open') return carWords[car]
    if (connection.state !== 'waiting') return 'Connecting to the car'
    const seconds = Math.max(0, Math.ceil((connection.retryAtMs - nowMs) / 1000))
    return seconds > 0 ? `Live connection lost, next try in ${seconds} s` : 'Live connection lost, trying again'
  }
}
customElements.define('fm-car-pill', CarPill)
