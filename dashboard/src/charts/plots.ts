import type { LitElement, ReactiveController } from 'lit'
import type uPlot from 'uplot'
import { type Palette, readPalette } from './palette.ts'

/** Narrower than this no chart is drawn, px. */
const minWidthPx = 200

/** What charts are drawn with: their width, px, and the colours as they are now. */
export interface Place {
  readonly widthPx: number
  readonly palette: Palette
}

/**
 * The charts of an element on their canvases: drawn anew when the page is lit another way, as wide as the element is, and gone when it is.
 *
 * What they show is the element's to say: it calls `build` when that is another.
 */
export class Plots implements ReactiveController {
  readonly #host: LitElement
  readonly #draw: (place: Place) => uPlot[]
  readonly #resized = new ResizeObserver(() => this.#fit())
  readonly #system = matchMedia('(prefers-color-scheme: dark)')
  #drawn: uPlot[] = []

  /** @param draw makes the charts on the element, which has been rendered */
  constructor(host: LitElement, draw: (place: Place) => uPlot[]) {
    this.#host = host
    this.#draw = draw
    host.addController(this)
  }

  /** The charts as they are drawn now. */
  get all(): readonly uPlot[] {
    return this.#drawn
  }

  /** Draws them anew. */
  readonly build = (): void => {
    this.#destroy()
    this.#drawn = this.#draw({ widthPx: this.#widthPx, palette: readPalette(this.#host) })
  }

  hostConnected(): void {
    addEventListener('fm-theme', this.build)
    this.#system.addEventListener('change', this.build)
    this.#resized.observe(this.#host)
    if (this.#host.hasUpdated) this.build()
  }

  hostDisconnected(): void {
    removeEventListener('fm-theme', this.build)
    this.#system.removeEventListener('change', this.build)
    this.#resized.disconnect()
    this.#destroy()
  }

  get #widthPx(): number {
    return Math.max(minWidthPx, this.#host.clientWidth)
  }

  #fit(): void {
    const width = this.#widthPx
    for (const plot of this.#drawn) if (plot.width !== width) plot.setSize({ width, height: plot.height })
  }

  #destroy(): void {
    for (const plot of this.#drawn) plot.destroy()
    this.#drawn = []
  }
}
