import type { DeviceReport } from '@fairmile/contract/device-messages.ts'
import type { DeviceCare } from '@fairmile/contract/http/device-care.ts'
import { css, html, nothing } from 'lit'
import { base } from '../styles/base.ts'
import { when } from '../words/dates.ts'
import { decimal } from '../words/figures.ts'
import { elementWith } from './element.ts'

type Finding = DeviceReport['findings'][number]

/** What needs an act comes first. */
const order: Record<Finding['result'], number> = { failed: 0, warning: 1, ok: 2, skipped: 3 }
const words: Record<Finding['result'], string> = {
  failed: 'failed',
  warning: 'look at it',
  ok: 'well',
  skipped: 'not examined',
}

/** For technicians: what a device found when it examined itself, worst first, and what it said last. */
export class DeviceCareView extends elementWith({ care: null as DeviceCare | null, nowMs: 0 }) {
  static styles = [
    base,
    css`
      :host { font-size: var(--size-1); }
      td { padding: 6px 8px; vertical-align: top; overflow-wrap: anywhere; }
      td:first-child { white-space: nowrap; }
      .result { white-space: nowrap; font-weight: 600; }
      .failed { color: var(--risk-4); }
      .warning { color: var(--risk-2); }
      .skipped, .ok { font-weight: 400; color: var(--ink-soft); }
      p + table, table + p { margin-top: var(--space-3); }
    `,
  ]

  override render() {
    const { care } = this
    if (care === null) return nothing
    const now = this.nowMs || Date.now()
    return html`${reportOf(care, now)}${stateOf(care, now)}${commandOf(care, now)}`
  }
}
customElements.define('fm-device-care', DeviceCareView)

function reportOf({ report }: DeviceCare, now: number) {
  if (report === null)
    return html`<p><b>No report yet.</b></p><p class="soft">A device examines itself soon after its start and once a day, and when
      it is asked to.</p>`
  const findings = report.findings.toSorted((a, b) => order[a.result] - order[b.result])
  const bad = findings.filter(({ result }) => result === 'failed' || result === 'warning').length
  return html`<p><b>${bad === 0 ? 'All is well.' : `${decimal(bad)} of ${decimal(findings.length)} need a look.`}</b>
    <span class="soft">Examined ${when(report.at, now)}, agent ${report.agentVersion}.</span></p>
    <table><thead><tr><th scope="col">Finding</th><th scope="col">Result</th><th scope="col">What was found, and what to do</th></tr></thead>
    <tbody>${findings.map(
      ({ name, result, detail }) =>
        html`<tr><td>${name}</td><td class="result ${result}">${words[result]}</td><td>${detail}</td></tr>`,
    )}</tbody></table>`
}

function stateOf({ state }: DeviceCare, now: number) {
  if (state === null) return html`<p class="soft">It has never been online.</p>`
  const { outbox, online, at } = state
  const written = outbox?.writtenBytesPerHour
  const lost = outbox ? outbox.dropped.telematics + outbox.dropped.raw : 0
  return html`<p class="soft">Last word ${when(at, now)}: ${online ? 'online' : 'offline'}.${
    written == null ? '' : ` Writes ${decimal(written / 1e6, 1)} MB an hour to its card.`
  }${lost > 0 ? ` Has dropped ${decimal(lost)} records for want of room.` : ''}</p>`
}

function commandOf({ commands: [newest] }: DeviceCare, now: number) {
  if (newest === undefined) return nothing
  const { type, createdAt, result, detail } = newest
  const answered = result === null ? 'not answered yet' : `${result}${detail ? `: ${detail}` : ''}`
  return html`<p class="soft">Last told ${when(createdAt, now)}: <code>${type}</code>, ${answered}.</p>`
}
