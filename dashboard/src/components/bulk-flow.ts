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
 * Many at once in three steps: what would happen, the word for it, what became of each. A body opens the dialog.
 *
 * What was started is followed in a bar after the dialog was closed or the page loaded anew. Fires `fm-bulk-closed` when
 * the dialog is closed, whose detail says whether anything was started, and `fm-bulk-done` when a run has come to its end.
 */
export class BulkFlow extends elementWith({
  action: 'move-policies' as BulkAction,
  body: null as BulkChange | null,
  /** What the button says that does it: `Move 12 policies`. */
  does: (count: number): string => `Change ${count}`,
  preview: null as BulkPreview | null,
  run: null as BulkRun | null,
  /** Runs that are followed without the dialog, the newest first. */
  behind: [] as readonly BulkRun[],
  items: [] as readonly BulkItem[],
  error: '',
  busy: false,
}) {
  static styles = [
    base,
    css`
      :host { display: contents; }
      dialog, .bar { font-size: var(--size-1); }
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
      .bar { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: var(--space-2) var(--space-4); align-items: center; background: var(--card-solid); border: 1px solid var(--edge); border-radius: var(--radius); padding: var(--space-3) var(--space-4); }
      .bar p { flex: 1 1 14rem; }
      .bar progress { flex: 1 1 8rem; width: auto; }
    `,
  ]

  #timer: ReturnType<typeof setTimeout> | undefined

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#timer)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    void this.#findRunning()
  }

  override updated(changed: PropertyValues): void {
    if (!changed.has('body') || !this.body) return
    const dialog = this.renderRoot.querySelector('dialog')
    if (dialog && !dialog.open) dialog.showModal()
    if (this.preview === null) void this.#look()
  }

  override render() {
    return html`${this.behind.map((run) => this.#bar(run))}<dialog aria-labelledby="title" @close=${this.#closed}><div class="body">
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
          : html`<ul>${preview.warnings.map(({ warning, items }) => html`<li class="why">${decimal(items)} left as ${items === 1 ? 'it is' : 'they are'}: ${warning}</li>`)}</ul>`
      }
      <ul class="rows list">${preview.items.map(
        ({ id, label, change, warning }) => html`<li><b>${label}</b> <span class="soft">${id}</span><br />
          <span class=${warning ? 'why' : 'change'}>${warning ? `left as it is: ${warning}` : change}</span></li>`,
      )}</ul>
      ${rest > 0 ? html`<p class="soft">And ${decimal(rest)} more.</p>` : nothing}
      <p class="soft">It is done to exactly these, as they are now. Where one changes before, nothing is done and you are told.</p>`
  }

  #bar(run: BulkRun) {
    const { all, left } = sumOf(run)
    return html`<div class="bar" role="status" tabindex="-1"><p><b>${runWords(run)}</b> ${countWords(run)}</p>
      ${run.state === 'done' ? nothing : html`<progress aria-label="How far it is" max=${all || 1} value=${all - left}></progress>`}
      <button class="ghost" @click=${() => this.#dismiss(run.id)}>${run.state === 'done' ? 'Dismiss' : 'Follow no more'}</button></div>`
  }

  #progress(run: BulkRun) {
    const { all, left } = sumOf(run)
    const told = this.items.some((item) => item.state !== 'done')
    return html`<div role="status"><h2 id="title">${runWords(run)}</h2></div>
      <progress aria-label="How far it is" max=${all || 1} value=${all - left}></progress>
      <p>${countWords(run)}</p>
      ${
        told
          ? html`<ul class="rows list">${this.items.map(
              (item) => html`<li><b>${item.label}</b> <span class="soft">${item.id}</span><br />
              <span class=${item.state === 'failed' ? 'failed' : 'change'}>${stateWords[item.state]}${item.detail ? `: ${item.detail}` : ''}</span></li>`,
            )}</ul>`
          : nothing
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
      if (!body) return
      const preview = await adminApi.previewBulk(this.action, body)
      // The dialog may have been closed meanwhile, and opened for others.
      if (this.body === body) this.preview = preview
    })
  }

  #start({ token }: BulkPreview): Promise<void> {
    const { body } = this
    return this.#try(async () => {
      const run = await adminApi.startBulk(this.action, token)
      if (this.body === body) this.run = run
      else this.behind = [run, ...this.behind]
      this.#follow()
    })
  }

  #follow(): void {
    clearTimeout(this.#timer)
    if (this.isConnected) this.#timer = setTimeout(() => void this.#ask(), askEveryMs)
  }

  /** Asks how far each run is that has not come to its end; what has no answer is asked for again. */
  async #ask(): Promise<void> {
    const asked = [this.run, ...this.behind].filter((run): run is BulkRun => run !== null && run.state !== 'done')
    const found = await Promise.all(asked.map(({ id }) => adminApi.bulkRun(id).catch(() => null)))
    for (const run of found) if (run) await this.#take(run)
    if (this.#isRunning) this.#follow()
  }

  async #take(run: BulkRun): Promise<void> {
    if (run.id === this.run?.id) {
      this.run = run
      if (run.state === 'done')
        await this.#try(async () => {
          const { items } = await adminApi.bulkItems(run.id)
          if (run.id === this.run?.id) this.items = items
        })
    } else this.behind = this.behind.map((one) => (one.id === run.id ? run : one))
    if (run.state === 'done') this.dispatchEvent(new CustomEvent('fm-bulk-done', { detail: run }))
  }

  get #isRunning(): boolean {
    return [this.run, ...this.behind].some((run) => run !== null && run.state !== 'done')
  }

  /** Runs of this action that are under way, of whoever started them. */
  async #findRunning(): Promise<void> {
    const { items } = await adminApi.bulkRuns().catch(() => ({ items: [] }))
    const running = items.filter(({ id, action, state }) => {
      const known = id === this.run?.id || this.behind.some((run) => run.id === id)
      return action === this.action && state !== 'done' && !known
    })
    this.behind = [...this.behind, ...running]
    if (this.#isRunning) this.#follow()
  }

  #dismiss(runId: string): void {
    this.behind = this.behind.filter(({ id }) => id !== runId)
  }

  /** Does a piece of work for what is selected now: how it ended is told to nobody who selected something else meanwhile. */
  async #try(work: () => Promise<void>): Promise<void> {
    const { body } = this
    this.error = ''
    this.busy = true
    try {
      await work()
    } catch (error) {
      if (this.body === body) this.error = error instanceof Error ? error.message : String(error)
    } finally {
      if (this.body === body) this.busy = false
    }
  }

  readonly #close = (): void => this.renderRoot.querySelector('dialog')?.close()

  readonly #closed = async (): Promise<void> => {
    const { run } = this
    if (run) this.behind = [run, ...this.behind]
    this.body = this.preview = this.run = null
    this.items = []
    this.error = ''
    this.busy = false
    this.dispatchEvent(new CustomEvent('fm-bulk-closed', { detail: { started: run !== null } }))
    await this.updateComplete
    // What had opened the dialog may be gone with what was selected.
    if (run) this.renderRoot.querySelector<HTMLElement>('.bar')?.focus()
  }
}
customElements.define('fm-bulk-flow', BulkFlow)

const runWords = ({ state }: BulkRun): string =>
  state === 'done' ? 'Done' : state === 'waiting' ? 'Waiting for a worker' : 'Under way'

const sumOf = ({ counts: { waiting, done, skipped, failed } }: BulkRun) => ({
  all: waiting + done + skipped + failed,
  left: waiting,
})

function countWords({ counts: { waiting, done, skipped, failed } }: BulkRun): string {
  return `${decimal(done)} changed, ${decimal(skipped)} left as ${skipped === 1 ? 'it is' : 'they are'}, ${decimal(failed)} failed, ${decimal(waiting)} to go.`
}
