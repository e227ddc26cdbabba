/** Colours as canvas needs them: the tokens as they stand on `element` now, light or dark. */
export interface Palette {
  ink: string
  inkSoft: string
  line: string
  font: string
  /** The colour of a CSS custom property. */
  token(name: string): string
}

/** Reads the tokens by way of a probe: `light-dark()` in a custom property is resolved by the browser alone. */
export function readPalette(element: Element): Palette {
  const probe = document.createElement('span')
  probe.hidden = true
  element.getRootNode().appendChild(probe)
  const token = (name: string): string => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color
  }
  const names = [
    '--ink',
    '--ink-soft',
    '--line',
    '--s-speed',
    '--s-limit',
    '--s-long',
    '--s-lat',
    '--s-risk',
    '--brand',
    '--risk-0',
    '--risk-1',
    '--risk-2',
    '--risk-3',
    '--risk-4',
  ]
  const colours = new Map(names.map((name) => [name, token(name)]))
  const { fontFamily } = getComputedStyle(element)
  probe.remove()
  const known = (name: string): string => colours.get(name) ?? colours.get('--ink')!
  return { ink: known('--ink'), inkSoft: known('--ink-soft'), line: known('--line'), font: fontFamily, token: known }
}
