import { css } from 'lit'

/** A page that is there before anybody is logged in: one card in the middle, with a form. */
export const entry = css`
  :host { min-height: 100vh; display: grid; place-items: center; padding: var(--space-4); }
  .card { width: min(420px, 100%); height: auto; padding: var(--space-6) var(--space-5); }
  .brand { display: flex; gap: 8px; align-items: center; font-weight: 700; font-size: var(--size-3); letter-spacing: -0.02em; margin-bottom: var(--space-5); }
  .soft { overflow-wrap: anywhere; }
  form { display: grid; gap: var(--space-4); margin-top: var(--space-5); }
  label { display: grid; gap: 6px; font-size: var(--size-1); font-weight: 600; }
  label.check { display: flex; gap: 10px; align-items: center; min-height: 24px; font-weight: 400; }
  input:not([type="checkbox"]) { font: inherit; font-size: max(16px, var(--size-2)); color: var(--ink); background: var(--card-solid); border: 1px solid var(--edge); border-radius: var(--radius-small); min-height: 44px; padding: 0 12px; width: 100%; min-width: 0; }
  input[type="checkbox"] { width: 18px; height: 18px; margin: 3px; accent-color: var(--brand); }
  input:focus-visible { outline: 2px solid var(--focus); outline-offset: 1px; border-radius: var(--radius-small); }
  button { min-height: 44px; }
  .problem { font-size: var(--size-1); border-left: 3px solid var(--risk-4); padding: 2px 0 2px 12px; }
  .ways { margin-top: var(--space-4); font-size: var(--size-1); }
  @media (max-width: 900px) { label.check { min-height: 44px; } }
`
