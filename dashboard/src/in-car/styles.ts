import { css, unsafeCSS } from 'lit'
import { type Ground, grounds } from './grounds.ts'

const colours = ({ ground, ink, soft, warn, act, track }: Ground) =>
  unsafeCSS(
    `--ground:${ground};--ink:${ink};--soft:${soft};--warn:${warn};--act:${act};--track:${track};color-scheme:${ground === '#000000' ? 'dark' : 'light'}`,
  )

/** Every size is a share of the screen's height or width, so that 480×320 and larger look the same. */
export const styles = css`
  *, *::before, *::after { box-sizing: border-box; }
  :host { display: block; container-type: size; overflow: hidden; height: 100%; }
  p, h1, ul, li { margin: 0; padding: 0; list-style: none; font: inherit; }
  .face { position: relative; width: 100cqw; height: 100cqh; overflow: hidden; background: var(--ground); color: var(--ink); font: 500 5.6cqh / 1.25 "Inter", "Segoe UI", system-ui, sans-serif; font-feature-settings: "tnum"; cursor: none; }
  .black { ${colours(grounds.black)} }
  .white { ${colours(grounds.white)} }
  .soft { color: var(--soft); }

  .driving { display: grid; grid-template-rows: 22cqh 1fr 21cqh; text-align: center; }
  .label { align-self: end; font-size: 8.6cqh; line-height: 1.15; color: var(--soft); white-space: nowrap; }
  .digits { align-self: center; font-size: min(58cqh, 40cqw); font-weight: 700; line-height: 0.9; letter-spacing: -0.03em; }
  .over .digits, .over .label { color: var(--warn); }
  .bar { align-self: start; justify-self: center; width: 90cqw; height: 11cqh; display: block; }
  .bar .way { fill: var(--track); }
  .bar .done { fill: var(--ink); }
  .over .bar .done { fill: var(--warn); }

  .alert { display: grid; align-content: center; text-align: center; background: var(--ink); color: var(--ground); white-space: nowrap; }
  .driving .alert { height: 26cqh; }
  .alert h1 { font-size: 12.5cqh; font-weight: 700; line-height: 1.05; letter-spacing: -0.01em; }
  .alert p { font-size: 7.2cqh; line-height: 1.15; }
  .alert.warn { background: var(--warn); }
  .alert.act { background: var(--act); }
  .driving.told { grid-template-rows: 26cqh 1fr 18cqh; }

  .parked { display: grid; grid-template: auto minmax(0, 1fr) auto / 36cqw minmax(0, 1fr); gap: 2cqh 4cqw; padding: 5cqh 4cqw; cursor: default; }
  .parked .alert { grid-column: 1 / -1; margin: -5cqh -4cqw 0; padding: 2.5cqh 4cqw; white-space: normal; }
  .parked .alert h1 { font-size: 9cqh; }
  .parked .alert p { font-size: 5.6cqh; }
  .trip { grid-column: 1; grid-row: 2; align-self: center; }
  .score { font-size: min(44cqh, 25cqw); font-weight: 700; line-height: 1; letter-spacing: -0.04em; }
  .alarmed .score { font-size: min(34cqh, 22cqw); }
  .told-of { grid-column: 2; grid-row: 2; align-self: center; display: grid; gap: 2cqh; }
  .trip { text-align: center; }
  .told-of h1, .trip h1 { font-weight: 700; font-size: 6.4cqh; }
  li::first-letter { text-transform: uppercase; }
  .messages li + li { margin-top: 1.5cqh; }
  .foot { grid-column: 1 / -1; grid-row: 3; display: flex; justify-content: space-between; align-items: center; gap: 4cqw; font-size: max(4.8cqh, 15px); min-height: 48px; }
  .code { font-size: min(18cqh, 10.5cqw); font-weight: 700; line-height: 1.1; letter-spacing: 0.02em; white-space: nowrap; }
  button { flex: none; min-height: 48px; min-width: 48px; padding: 0 5cqh; font: inherit; font-weight: 600; color: var(--ink); background: none; border: 2px solid var(--ink); border-radius: 2.5cqh; cursor: pointer; }
  button:focus-visible { outline: 3px solid var(--warn); outline-offset: 3px; }

  .apart { display: grid; align-content: center; justify-items: center; gap: 3cqh; padding: 6cqw; text-align: center; }
  .apart h1 { font-size: 10cqh; font-weight: 700; line-height: 1.1; }
`
