import type { BulkAction, BulkItem, BulkPreview, BulkRun } from '@fairmile/contract/http/bulk.ts'
import { css, html, nothing, type PropertyValues } from 'lit'
import { adminApi, type BulkChange } from '../data/admin-api.ts'
import { base } from '../styles/base.ts'
import { counted, decimal } from '../words/figures.ts'
import { elementWith } from './element.ts'

/** How often a run that is under way is asked about, ms. */
const askEveryMs = 2_000
const stateWords = { waiting: 'waits', done: 'done', skipped: 'left as it is', failed: 'failed' } as const

/**
 * Many at once in three steps: what would happen, the word for it, what became of each.
 *
 * Fires `fm-bulk-closed` when the person is through with it; its detail says whether anything was started.
 */
export class BulkFlow extends elementWith({
  action: 'move-policies' as BulkAction,
  body: null as BulkChange | null,
  /** What the button says that does it: `Move 12 policies`. */
  does: (count: number): string => `Change ${count}`,
  preview: null as BulkPreview | null,
  run: null as BulkRun | null,
  items: [] as readonly BulkItem[],
  error: '',
  busy: false,
}) {
  static styles = [
    base,
    css`
      :host { font-size: var(--size-1); }
      dialog { width: min(680px, calc(100vw - 24px)); max-height: min(760px, calc(100vh - 48px)); padding: 0; border: 1px solid var(--card-edge); border-radius: var(--radius); background: var(--card-solid); color: var(--ink); box-shadow: var(--shadow); }
      dialog::backdrop { background: rgb(0 0 0 / 0.45); }
      .body { padding: var(--space-5); display: grid; gap: var(--space-4); }
      h2 { font-size: var(--size-3); color: var(--ink); }
      .list { max-height: 320px; overflow-y: auto; }
      li { padding: 8px 0; }
      .change { color: var(--ink-soft); }
      .why { color: var(--risk-2); }
      .failed { color: var(--risk-4); }
      .foot { display: flex; justify-content: end; gap: var(--space-2); flex-wrap: wrap; }
      progress { width: 100%; height: 8px; accent-color: var(--brand); }
      .error { color: var(--risk-4); }
    `,
  ]

  #timer: ReturnType<typeof setTimeout> | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has('body')) return
    const dialog = this.renderRoot.querySelector('dialog')
    if (this.body && dialog && !dialog.open) dialog.showModal()
    if (this.body && this.preview === null) void this.#look()
  }

  override render() {
    return html`<dialog aria-labelledby="title" @close=${this.#closed}><div class="body">
      ${this.run ? this.#progress(this.run) : this.#seen()}
      ${this.error ? html`<p class="error" role="alert">${this.error}</p>` : nothing}
      <div class="foot">${this.#buttons()}</div></div></dialog>`
  }

  #seen() {
    const { preview } = this
    if (!preview)
      return html`<h2 id="title">Looking at what would change</h2><p class="soft" role="status">Nothing is changed yet.</p>`
    const rest = preview.selected - preview.items.length
    return html`<h2 id="title">${counted(preview.changes, 'change')}${preview.changes === preview.selected ? '' : ` of ${decimal(preview.selected)} selected`}</h2>
      ${
        preview.warnings.length === 0
          ? nothing
          : html`<ul>${preview.warnings.map(({ warning, items }) => html`<li class="why">${decimal(items)} left as they are: ${warning}</li>`)}</ul>`
      }
      <ul class="rows list">${preview.items.map(
        ({ id, label, change, warning }) => html`<li><b>${label}</b> <span class="soft">${id}</span><br />
          <span class=${warning ? 'why' : 'change'}>${warning ? `left as it is: ${warning}` : change}</span></li>`,
      )}</ul>
      ${rest > 0 ? html`<p class="soft">And ${decimal(rest)} more.</p>` : nothing}
      <p class="soft">It is done to exactly these, as they are now. Where one changes before, nothing is done and you are told.</p>`
  }

  #progress({ state, counts }: BulkRun) {
    const { waiting, done, skipped, failed } = counts
    const all = waiting + done + skipped + failed
    const words = state === 'done' ? 'Done' : state === 'waiting' ? 'Waiting for a worker' : 'Under way'
    const told = this.items.filter((item) => item.state !== 'done').length > 0
    return html`<div role="status"><h2 id="title">${words}</h2></div>
      <progress max=${all || 1} value=${all - waiting}></progress>
      <p>${decimal(done)} changed, ${decimal(skipped)} left as they are, ${decimal(failed)} failed, ${decimal(waiting)} to go.</p>
      ${
        this.items.length === 0 || !told
          ? nothing
          : html`<ul class="rows list">${this.items.map(
              (item) => html`<li><b>${item.label}</b> <span class="soft">${item.id}</span><br />
              <span class=${item.state === 'failed' ? 'failed' : 'change'}>${stateWords[item.state]}${item.detail ? `: ${item.detail}` : ''}</span></li>`,
            )}</ul>`
      }`
  }

  #buttons() {
    const { preview, run, busy } = this
    if (run) return html`<button @click=${this.#close}>Close</button>`
    return html`<button class="ghost" @click=${this.#close}>Change nothing</button>
      ${this.error && preview ? html`<button class="ghost" ?disabled=${busy} @click=${() => this.#look()}>Look again</button>` : nothing}
      ${preview && preview.changes > 0 && !this.error ? html`<button ?disabled=${busy} @click=${() => this.#start(preview)}>${this.does(preview.changes)}</button>` : nothing}`
  }

  #look(): Promise<void> {
    const { body } = this
    return this.#try(async () => {
      if (body) this.preview = await adminApi.previewBulk(this.action, body)
    })
  }

  #start({ token }: BulkPreview): Promise<void> {
    return this.#try(async () => {
      this.run = await adminApi.startBulk(this.action, token)
      this.#follow()
    })
  }

  #follow(): void {
    this.#timer = setTimeout(() => void this.#try(() => this.#ask()), askEveryMs)
  }

  async #ask(): Promise<void> {
    if (!this.run) return
    this.run = await adminApi.bulkRun(this.run.id)
    if (this.run.state === 'done') this.items = (await adminApi.bulkItems(this.run.id)).items
    else this.#follow()
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.error = ''
    this.busy = true
    try {
      await work()
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error)
    } finally {
      this.busy = false
    }
  }

  readonly #close = (): void => this.renderRoot.querySelector('dialog')?.close()

  readonly #closed = (): void => {
    clearTimeout(this.#timer)
    this.dispatchEvent(new CustomEvent('fm-bulk-closed', { detail: { started: this.run !== null } }))
  }
}
customElements.define('fm-bulk-flow', BulkFlow)
