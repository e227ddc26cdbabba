import '../src/styles/tokens.css'
import '../src/styles/page.css'
import { css, html } from 'lit'
import { elementWith } from '../src/components/element.ts'
import { applyTheme, chooseTheme, chosenTheme, themes } from '../src/controllers/theme.ts'
import { base } from '../src/styles/base.ts'
import type { Demo } from './demo.ts'

const demos = import.meta.glob<Demo>('./*.demo.ts', { import: 'demo', eager: true })
const nameOf = (path: string): string => path.replace(/^\.\/|\.demo\.ts$/g, '')

/** The shelf of components: one page each, `/demos/#score-card`, in light and dark. */
class Demos extends elementWith({ shown: '' }) {
  static styles = [
    base,
    css`
      :host { display: grid; grid-template-columns: 220px minmax(0, 1fr); gap: var(--space-5); padding: var(--space-5); max-width: 1200px; margin: auto; }
      nav { display: grid; gap: 2px; align-content: start; }
      a { min-height: 32px; }
      a[aria-current="page"] { font-weight: 700; }
      section { margin-bottom: var(--space-5); }
      .card { margin-top: var(--space-2); height: auto; }
      @media (max-width: 900px) { :host { display: block; padding: var(--space-4); } }
    `,
  ]

  override connectedCallback(): void {
    super.connectedCallback()
    const follow = () => {
      this.shown = location.hash.slice(1) || nameOf(Object.keys(demos)[0]!)
    }
    addEventListener('hashchange', follow)
    follow()
  }

  override render() {
    const demo = demos[`./${this.shown}.demo.ts`] ?? {}
    return html`<nav aria-label="Components"><h1>Components</h1>
        ${Object.keys(demos).map((path) => {
          const name = nameOf(path)
          return html`<a href="#${name}" aria-current=${name === this.shown ? 'page' : 'false'}>${name}</a>`
        })}
        <p>${themes.map((theme) => html`<button class="ghost" @click=${() => chooseTheme(theme)}>${theme}</button> `)}</p></nav>
      <main>${Object.entries(demo).map(
        ([state, draw]) => html`<section><h2>${state}</h2><div class="card">${draw()}</div></section>`,
      )}</main>`
  }
}
customElements.define('fm-demos', Demos)
applyTheme(chosenTheme())
