import type { ScreenState } from '@fairmile/contract/screen.ts'
import { html, svg } from 'lit'
import { alertView } from './alert-view.ts'
import { troubleTitles } from './words.ts'

/** Above the limit by so much, the bar is full: the count band begins at 20 km/h. */
const fullOverKmh = 30

/** One pair of digits and one bar: the score, or how far the speed is above the limit. Nothing to touch, nothing to read. */
export function drivingView(state: ScreenState) {
  const { score, overKmh, limitKmh, alert, troubles } = state
  const isOver = overKmh !== null
  const [digits, share] = isOver ? [`+${overKmh}`, overKmh / fullOverKmh] : [`${score ?? '–'}`, (score ?? 0) / 100]
  const [trouble] = troubles
  const label = isOver ? `km/h over ${limitKmh}` : score === null ? 'No score yet' : 'Safety score'
  return html`<main class="face driving ${state.ground} ${isOver ? 'over' : ''} ${alert ? 'told' : ''}">
    ${alert ? alertView(alert, 'driving') : html`<p class="label" role="status">${trouble ? troubleTitles[trouble] : label}</p>`}
    <p class="digits ${score === null && !isOver ? 'soft' : ''}" aria-label=${isOver ? `${overKmh} ${label}` : `${label} ${score ?? ''}`}>${digits}</p>
    ${bar(Math.max(0, Math.min(1, share)), isOver)}</main>`
}

/** Stripes tell the excess from the score without colour. */
function bar(share: number, striped: boolean) {
  const width = 1000 * share
  return html`<svg class="bar" viewBox="0 0 1000 80" preserveAspectRatio="none" aria-hidden="true">
    <rect class="way" width="1000" height="80" rx="16"></rect>
    <clipPath id="done"><rect width=${width} height="80" rx="16"></rect></clipPath>
    <g clip-path="url(#done)"><rect class="done" width=${width} height="80"></rect>
    ${striped ? Array.from({ length: 20 }, (_, n) => svg`<path class="way" d="M${n * 50 + 34} 0h14l-20 80h-14z"></path>`) : ''}</g></svg>`
}
