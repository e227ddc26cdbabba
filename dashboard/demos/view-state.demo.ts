import { html } from 'lit'
import '../src/components/view-state.ts'
import type { Demo } from './demo.ts'

const state =
  (kind: string, what: string, detail = '') =>
  () =>
    html`<fm-view-state .kind=${kind} .what=${what} .detail=${detail} .retry=${() => {}}></fm-view-state>`

export const demo: Demo = {
  loading: state('loading', 'The trips'),
  empty: state('empty', 'No trips yet.', 'The first one appears here minutes after the car has come to rest.'),
  failed: state('failed', 'The trips', 'The database did not answer. Try again in a minute.'),
  offline: state('offline', 'The trips'),
}
