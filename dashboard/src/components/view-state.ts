import { css, html, nothing, type TemplateResult } from 'lit'
import type { Resource } from '../controllers/resource.ts'
import { base } from '../styles/base.ts'
import { when } from '../words/dates.ts'
import { elementWith } from './element.ts'

/** What a view shows instead of its content, always with what happens next. */
export type ViewStateKind = 'loading' | 'empty' | 'failed' | 'offline'

/** Skeleton, empty, error and offline in one place, so that they look and speak alike. */
export class ViewState extends elementWith({
  kind: 'loading' as ViewStateKind,
  /** What it is about, as the start of a sentence: `The trips`. */
  what: '',
  detail: '',
  lines: 3,
  /** It is being tried again now. */
  busy: false,
  retry: null as (() => void) | null,
}) {
  static styles = [
    base,
    css`
      .bone { height: 14px; border-radius: 7px; margin: 10px 0; background: linear-gradient(90deg, var(--line) 25%, var(--card-edge) 50%, var(--line) 75%) 0 0 / 300% 100%; animation: pass 1.6s linear infinite; }
      .bone:first-of-type { height: 36px; width: 45%; border-radius: 10px; }
      .bone:nth-of-type(3n) { width: 72%; }
      @keyframes pass { to { background-position: -150% 0; } }
      .told { display: grid; gap: var(--space-2); justify-items: start; }
      .told p { max-width: 46ch; }
      button { margin-top: var(--space-1); }
    `,
  ]

  override render() {
    const { kind, what, detail, lines, busy, retry } = this
    if (kind === 'loading') {
      return html`<div role="status"><span class="visually-hidden">${what}: loading.</span>
        ${Array.from({ length: lines }, () => html`<div class="bone" aria-hidden="true"></div>`)}</div>`
    }
    const title = { empty: what, failed: `${what} could not be loaded.`, offline: 'No connection.' }[kind]
    const next = kind === 'offline' ? `${what} will be loaded as soon as the connection is back.` : detail
    return html`<div class="told" role=${kind === 'empty' ? 'note' : 'alert'}><b>${title}</b><p class="soft">${next}</p>
      ${retry && kind !== 'empty' ? html`<button class="ghost" ?disabled=${busy} @click=${retry}>${busy ? 'Trying' : 'Try again'}</button>` : nothing}</div>`
  }
}
customElements.define('fm-view-state', ViewState)

/** How a view shows a resource. */
export interface Showing<T> {
  /** `The score`, `The trips`: the start of a sentence. */
  what: string
  lines?: number
  /** What to say where there is nothing yet, and what makes there be something. */
  empty: { title: string; next: string }
  isEmpty?: (value: T) => boolean
  /** It is known without asking that there is nothing yet. */
  absent?: boolean
  content: (value: T) => TemplateResult
}

/** The content of a resource, or what it is waiting for; old content stays, with its age, when a reload fails. */
export function show<K, T>(resource: Resource<K, T>, { what, lines = 3, empty, isEmpty, absent, content }: Showing<T>) {
  const { status, value, error, loadedAtMs } = resource.state
  const retry = () => void resource.reload()
  const nothingYet = html`<fm-view-state .kind=${'empty'} .what=${empty.title} .detail=${empty.next}></fm-view-state>`
  if (absent || error?.kind === 'missing') return nothingYet
  if (value === null) {
    if (!error) return html`<fm-view-state .what=${what} .lines=${lines}></fm-view-state>`
    const kind = error.kind === 'offline' ? 'offline' : 'failed'
    return html`<fm-view-state .kind=${kind} .what=${what} .detail=${error.message} .busy=${status === 'loading'} .retry=${retry}></fm-view-state>`
  }
  if (isEmpty?.(value)) return nothingYet
  const stale = error && loadedAtMs !== null
  return html`${content(value)}${
    stale
      ? html`<p class="soft" role="status">As of ${when(loadedAtMs, Date.now())}. ${
          error.kind === 'offline' ? 'No connection: it is loaded again when it is back.' : error.message
        }</p>`
      : nothing
  }`
}
