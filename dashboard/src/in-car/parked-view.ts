import type { ScreenState } from '@fairmile/contract/screen.ts'
import { html, nothing } from 'lit'
import { when } from '../words/dates.ts'
import { duration } from '../words/figures.ts'
import { alertView } from './alert-view.ts'
import { codeText, deliveryWords, tripEvents, tripLength, troubleWords } from './words.ts'

/** Last trip, score and messages; the one thing to touch pairs a phone. */
export function parkedView(state: ScreenState, pair: () => void) {
  const { alert, pairing, canPair, ground } = state
  const mayPair = canPair && pairing === null
  return html`<main class="face parked ${ground} ${alert ? 'alarmed' : ''}">
    ${alert ? alertView(alert, 'parked') : nothing}
    ${tripPart(state)}${pairing ? codePart(pairing) : messagePart(state)}
    <footer class="foot soft"><p>${deliveryWords(state)}</p>
      ${mayPair ? html`<button @click=${pair}>${state.phones === 0 ? 'Pair a phone' : 'Pair another phone'}</button>` : nothing}</footer></main>`
}

function tripPart({ lastTrip }: ScreenState) {
  if (lastTrip === null)
    return html`<section class="trip"><h1>No trip yet</h1><p class="soft">The first one begins when the car moves off.</p></section>`
  const { score } = lastTrip
  return html`<section class="trip"><p class="score" aria-label="Safety score ${score ?? 'unknown'}">${score ?? '–'}</p>
    <p class="soft">${score === null ? 'Could not be scored' : 'Safety score'}</p></section>`
}

/** Beside much to tell of the trip there is room for one trouble, the worst. */
const maxTroubles = (lastTrip: ScreenState['lastTrip']): number => (lastTrip && lastTrip.events.length > 1 ? 1 : 2)

function messagePart({ at, lastTrip, troubles }: ScreenState) {
  const messages = troubles.slice(0, maxTroubles(lastTrip))
  return html`<section class="told-of">
    ${
      lastTrip
        ? html`<div><p class="soft">Last trip · ${when(lastTrip.endAt, at)}</p><h1>${tripLength(lastTrip)}</h1>
          <ul>${tripEvents(lastTrip).map((line) => html`<li>${line}</li>`)}</ul></div>`
        : nothing
    }
    ${messages.length > 0 ? html`<ul class="messages soft">${messages.map((one) => html`<li>${troubleWords[one]}</li>`)}</ul>` : nothing}</section>`
}

function codePart({ code, leftS }: NonNullable<ScreenState['pairing']>) {
  return html`<section class="told-of" role="status"><p>Type this code on the phone</p><p class="code">${codeText(code)}</p>
    <p class="soft">It can be used once, for ${duration(leftS)} more.</p></section>`
}
