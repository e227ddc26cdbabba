import { css } from 'lit'

/** What pages of admins share: denser rows, filters, and marks of a state beside its word. */
export const admin = css`
  :host { font-size: var(--size-1); }
  td { padding: 7px 8px; overflow-wrap: anywhere; }
  tbody tr:hover td { background: var(--brand-wash); }
  code { font: var(--size-0) var(--mono); }
  .sub { display: block; color: var(--ink-soft); font-size: var(--size-0); }
  .filters { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: var(--space-2); align-items: end; }
  .filters label { display: grid; gap: 3px; font-size: var(--size-0); color: var(--ink-soft); }
  .filters label.grow { flex: 1 1 220px; }
  input:not([type="checkbox"]), select { font: inherit; font-size: var(--size-1); color: var(--ink); background: var(--card-solid); border: 1px solid var(--edge); border-radius: var(--radius-small); min-height: 40px; padding: 0 10px; min-width: 0; width: 100%; }
  input[type="checkbox"] { width: 18px; height: 18px; margin: 3px; accent-color: var(--brand); }
  .number .sub { white-space: nowrap; }
  .pick { width: 34px; }
  .state { white-space: nowrap; }
  .state::before { content: ""; display: inline-block; width: 8px; height: 8px; border-radius: 50%; margin-right: 8px; box-shadow: inset 0 0 0 2px var(--ink-soft); }
  .state.on::before { background: var(--brand); box-shadow: none; }
  .selected { position: sticky; bottom: var(--space-4); display: flex; gap: var(--space-3); align-items: center; flex-wrap: wrap; background: var(--card-solid); border: 1px solid var(--edge); border-radius: var(--radius); padding: var(--space-3) var(--space-4); box-shadow: var(--shadow); z-index: 1; }
  .selected .grow { flex: 1; }
  .error { color: var(--risk-4); }
  @media (max-width: 900px) {
    .wide { display: none; }
    input:not([type="checkbox"]), select { min-height: 44px; }
    .pick label { display: grid; place-items: center; min-width: 44px; min-height: 44px; margin-left: -10px; }
    .selected { bottom: calc(84px + env(safe-area-inset-bottom)); }
    .filters label { flex: 1 1 40%; }
  }
`
