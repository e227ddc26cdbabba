/** Colours of the in-car screen on one ground; every ink stands at least 7:1 against it (WCAG 2.2, 1.4.6). */
export interface Ground {
  ground: string
  ink: string
  /** Second words: labels, times. */
  soft: string
  /** What needs attention: speeding, firm and hard driving. */
  warn: string
  /** What needs an act: a crash, a box that was moved. */
  act: string
  /** The way that the bar has yet to go; no words stand on it. */
  track: string
}

/** By night and by day. */
export const grounds: Record<'black' | 'white', Ground> = {
  black: { ground: '#000000', ink: '#ffffff', soft: '#b9c4c9', warn: '#ffb938', act: '#ff9a8a', track: '#33404a' },
  white: { ground: '#ffffff', ink: '#000000', soft: '#3b4a52', warn: '#7a3c00', act: '#96001b', track: '#c7d0d5' },
}
