import { html } from 'lit'
import '../src/components/car-pill.ts'
import type { Demo } from './demo.ts'

const open = { state: 'open' } as const
const pill =
  (car: string, connection: object = open) =>
  () =>
    html`<fm-car-pill .car=${car} .connection=${connection} .nowMs=${0}></fm-car-pill>`

export const demo: Demo = {
  moving: pill('moving'),
  standing: pill('standing'),
  parked: pill('parked'),
  silent: pill('silent'),
  unknown: pill('unknown'),
  connecting: pill('unknown', { state: 'connecting' }),
  'connection lost': pill('moving', { state: 'waiting', retryAtMs: 4_000, attempt: 3 }),
}
