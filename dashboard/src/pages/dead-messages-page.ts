import { css, html, nothing } from 'lit'
import '../components/selected-bar.ts'
import { elementWith } from '../components/element.ts'
import { reveal } from '../components/reveal.ts'
import { showMore } from '../components/show-more.ts'
import { show } from '../components/view-state.ts'
import { Act } from '../controllers/act.ts'
import { filterOf, withFilter } from '../controllers/filters.ts'
import { PagedList } from '../controllers/paged-list.ts'
import { Picked } from '../controllers/picked.ts'
import { Resource } from '../controllers/resource.ts'
import { type DeadMessage, type DeadWay, deadSources, deadWays } from '../data/dead-messages.ts'
import { admin } from '../styles/admin.ts'
import { base, grid } from '../styles/base.ts'
import { openedRow } from '../styles/opened-row.ts'
import { when } from '../words/dates.ts'
import { deadWords } from '../words/dead-words.ts'
import { counted } from '../words/figures.ts'

/** For admins: messages that were given up, with the reason, what is in them, and another try. */
export class DeadMessagesPage extends elementWith({
  search: '',
  chosen: null as DeadMessage | null,
  told: '',
}) {
  static styles = [
    base,
    grid,
    admin,
    openedRow,
    css`
      pre { margin: 0; max-height: 420px; overflow: auto; font: var(--size-0) var(--mono); white-space: pre-wrap; overflow-wrap: anywhere; }
    `,
  ]

  readonly #act = new Act(this)
  readonly #picked = new Picked(this)
  readonly #messages = new PagedList<DeadWay, DeadMessage>(this, (way, cursor, signal) =>
    deadSources[way].list(cursor, signal),
  )
  readonly #content = new Resource<DeadMessage, unknown>(this, (message, signal) =>
    deadSources[this.#way].look(message, signal),
  )

  get #way(): DeadWay {
    const named = filterOf(this.search, 'way')
    return deadWays.find((way) => way === named) ?? 'devices'
  }

  override willUpdate(): void {
    this.#messages.first.want(this.#way)
    this.#content.want(this.chosen)
  }

  override render() {
    const messages = this.#messages
    const { empty } = deadWords[this.#way]
    return html`<div class="grid"><header class="page-head"><div><h1>Dead messages</h1><p>What was given up, and why. What was kept of it can be tried again.</p></div>
        <button class="ghost" @click=${() => void messages.first.reload()}>Refresh</button></header>
      <div class="lists" role="group" aria-label="Which messages">${deadWays.map(
        (way) =>
          html`<button class="ghost" aria-pressed=${way === this.#way} @click=${() => this.#go(way)}>${deadWords[way].title}</button>`,
      )}</div>
      ${this.told ? html`<p class="of-12" role="status">${this.told}</p>` : nothing}
      ${this.#act.error ? html`<p class="of-12 error" role="alert">${this.#act.error}</p>` : nothing}
      <section class="card of-12">
        ${show(messages.first, {
          what: 'The dead messages',
          lines: 5,
          isEmpty: ({ items }) => items.length === 0,
          empty: { title: 'None was given up.', next: empty },
          content: () => this.#table(messages.items),
        })}
        ${showMore(messages)}</section>
      ${this.chosen ? this.#chosen(this.chosen) : nothing}
      ${
        this.#picked.count === 0
          ? nothing
          : html`<fm-selected-bar .count=${this.#picked.count} @fm-cleared=${this.#picked.clear}><button ?disabled=${this.#act.busy} @click=${() =>
              this.#replay(
                messages.items.filter(({ id }) => this.#picked.has(id)),
              )}>Try ${counted(this.#picked.count, 'message')} again</button></fm-selected-bar>`
      }</div>`
  }

  #table(messages: readonly DeadMessage[]) {
    const now = Date.now()
    const { what, of } = deadWords[this.#way]
    const able = messages.filter(({ replayable }) => replayable)
    return html`<table><thead><tr><th scope="col" class="pick"><label><input type="checkbox" aria-label="Select all that are shown"
        .checked=${this.#picked.hasAll(able)} @change=${() => this.#picked.toggleAll(able)} /></label></th>
      <th scope="col">${what}</th><th scope="col" class="wide">${of}</th><th scope="col">Reason</th>
      <th scope="col" class="wide number">Tries</th><th scope="col" class="wide number">Since</th></tr></thead>
      <tbody>${messages.map(
        (message) => html`<tr aria-current=${message.id === this.chosen?.id}>
          <td class="pick"><label><input type="checkbox" aria-label="Select ${message.id}" ?disabled=${!message.replayable}
            .checked=${this.#picked.has(message.id)} @change=${() => this.#picked.toggle(message.id)} /></label></td>
          <td><button class="id" @click=${() => this.#choose(message)}>${message.what}</button><span class="sub narrow">${message.of}, ${when(message.at, now)}</span></td>
          <td class="wide"><code>${message.of}</code></td><td>${message.reason}</td>
          <td class="wide number">${message.tries}</td><td class="wide number">${when(message.at, now)}</td></tr>`,
      )}</tbody></table>`
  }

  #chosen(message: DeadMessage) {
    return html`<section class="card of-12" id="chosen" tabindex="-1"><header><h2>${message.what}</h2><div>
        ${message.file ? html`<a class="button ghost" href=${message.file} download>Download its bytes</a>` : nothing}
        <button ?disabled=${this.#act.busy || !message.replayable} @click=${() => this.#replay([message])}>Try it again</button></div></header>
      <p>${message.reason}</p>
      ${message.replayable ? nothing : html`<p class="soft">It was too large to be kept, so there is nothing to try again.</p>`}
      ${show(this.#content, {
        what: 'What is in it',
        lines: 4,
        empty: {
          title: 'It is there no more.',
          next: 'It was replayed, or kept as long as it is kept: refresh the list.',
        },
        content: (content) =>
          html`<pre tabindex="0" aria-label="What is in it">${JSON.stringify(content, null, 2)}</pre>`,
      })}</section>`
  }

  #go(way: DeadWay): void {
    this.search = withFilter(this.search, 'way', way)
    this.chosen = null
    this.told = ''
    this.#act.clear()
    this.#picked.clear()
  }

  async #choose(message: DeadMessage): Promise<void> {
    this.chosen = message
    await reveal(this, '#chosen')
  }

  async #replay(messages: readonly DeadMessage[]): Promise<void> {
    this.told = ''
    await this.#act.do(async () => {
      this.told = await deadSources[this.#way].replay(messages)
      this.chosen = null
      this.#picked.clear()
      await this.#messages.first.reload()
    })
  }
}
customElements.define('fm-dead-messages-page', DeadMessagesPage)
