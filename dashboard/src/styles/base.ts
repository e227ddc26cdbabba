import { css } from 'lit'

/** What every component shares inside its shadow root: type, cards, rows, tags, buttons, tables, focus. */
export const base = css`
  *, *::before, *::after { box-sizing: border-box; }
  :host { display: block; }
  :host([hidden]), [hidden] { display: none !important; }
  h1, h2, h3, p, ul, ol, dl, dd, figure { margin: 0; padding: 0; }
  ul, ol { list-style: none; }
  h1 { font-size: var(--size-4); letter-spacing: -0.02em; line-height: 1.2; }
  h1[tabindex]:focus, h2[tabindex]:focus { outline: none; }
  a { color: var(--brand); }
  .target { display: inline-flex; align-items: center; min-height: 24px; min-width: 24px; }
  :focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
  .card { background: var(--card); border: 1px solid var(--card-edge); border-radius: var(--radius); padding: var(--space-5); box-shadow: var(--shadow); backdrop-filter: blur(14px); height: 100%; }
  .card > header { display: flex; justify-content: space-between; align-items: center; gap: var(--space-2) var(--space-4); flex-wrap: wrap; margin-bottom: var(--space-3); }
  h2, h3 { font-size: var(--size-1); font-weight: 600; color: var(--ink-soft); }
  h3 { color: var(--ink); }
  .big { white-space: nowrap; font-size: clamp(2.6rem, 4.2vw, var(--size-6)); font-weight: 650; letter-spacing: -0.04em; line-height: 1.05; }
  .unit { font-size: var(--size-2); color: var(--ink-soft); font-weight: 400; letter-spacing: 0; margin-left: 0.3em; }
  .soft { color: var(--ink-soft); font-size: var(--size-1); }
  .show-more { margin-top: var(--space-3); }
  .rows > * + * { border-top: 1px solid var(--line); }
  .row { display: flex; justify-content: space-between; align-items: baseline; gap: var(--space-3); padding: var(--space-2) 0; }
  .row > b { white-space: nowrap; }
  .tag { display: inline-block; font-size: var(--size-0); font-weight: 500; padding: 2px 8px; border-radius: 99px; border: 1px solid var(--line); color: var(--ink-soft); white-space: nowrap; }
  .tag.counts { border-color: var(--risk-3); color: var(--risk-3); }
  button, .button { display: inline-flex; align-items: center; justify-content: center; gap: var(--space-2); min-height: 40px; font: inherit; font-weight: 600; font-size: var(--size-1); border: 0; border-radius: var(--radius-small); padding: 0 14px; background: var(--brand); color: var(--brand-ink); text-decoration: none; cursor: pointer; transition: filter var(--fast) var(--ease), background-color var(--fast) var(--ease); }
  button:hover, .button:hover { filter: brightness(1.08); }
  button.ghost, .button.ghost { background: none; color: var(--brand); box-shadow: inset 0 0 0 1px var(--edge); }
  button.ghost:hover, .button.ghost:hover { background: var(--brand-wash); filter: none; }
  button[disabled], button.ghost[disabled] { background: none; color: var(--ink-soft); box-shadow: inset 0 0 0 1px var(--line); filter: none; cursor: default; }
  table { width: 100%; border-collapse: collapse; font-size: var(--size-1); font-variant-numeric: tabular-nums; }
  th { font-weight: 500; color: var(--ink-soft); text-align: left; padding: 6px 8px; }
  td { padding: 11px 8px; border-top: 1px solid var(--line); }
  th:first-child, td:first-child { padding-left: 0; }
  th:last-child, td:last-child { padding-right: 0; }
  .number { text-align: right; }
  summary { cursor: pointer; min-height: 24px; }
  .visually-hidden { position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  @media (max-width: 900px) {
    button, .button { min-height: 44px; }
    .target { min-height: 44px; min-width: 44px; }
    .card { padding: var(--space-4); }
  }
  @media (prefers-reduced-motion: reduce) {
    *, *::before, *::after { transition: none !important; animation: none !important; }
  }
`

/** The twelve columns of a page, one below 900 px; children say their width by `class="of-4"`. */
export const grid = css`
  .grid { display: grid; gap: var(--space-4); grid-template-columns: repeat(12, minmax(0, 1fr)); align-items: stretch; }
  .of-3 { grid-column: span 3; }
  .of-4 { grid-column: span 4; }
  .of-5 { grid-column: span 5; }
  .of-7 { grid-column: span 7; }
  .of-8 { grid-column: span 8; }
  .of-12 { grid-column: 1 / -1; }
  .page-head { grid-column: 1 / -1; display: flex; justify-content: space-between; align-items: end; flex-wrap: wrap; gap: var(--space-3); }
  .page-head p { margin-top: 2px; color: var(--ink-soft); font-size: var(--size-1); }
  @media (max-width: 900px) {
    .grid > * { grid-column: 1 / -1; }
  }
`
