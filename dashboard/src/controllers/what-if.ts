import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { askWhatIf, type WhatIfAnswer, type WhatIfSources } from '../data/ask-what-if.ts'

/** The question that a person makes up with sliders, and its answer; the newest question wins. */
export class WhatIfController implements ReactiveController {
  /** Null until something is changed. */
  answer: WhatIfAnswer | null = null
  /** Why there is no answer; empty where there is one. */
  problem = ''
  readonly #host: ReactiveControllerHost
  readonly #changes = new Map<string, number>()
  #sources: WhatIfSources | null = null
  #asked = 0

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostConnected(): void {}

  /** What is asked about; another score drops the question, for its values are of the one before. */
  about(sources: WhatIfSources | null): void {
    if (sources === this.#sources) return
    const isOther = sources?.reasons.version !== this.#sources?.reasons.version
    this.#sources = sources
    if (isOther) this.#forget()
    else if (this.#changes.size > 0) void this.#ask()
  }

  /** The value that a feature would have, where it was changed. */
  valueOf(feature: string): number | undefined {
    return this.#changes.get(feature)
  }

  get isChanged(): boolean {
    return this.#changes.size > 0
  }

  /** Sets a feature to a value; null leaves it as it is. */
  change(feature: string, to: number | null): void {
    if (to === null) this.#changes.delete(feature)
    else this.#changes.set(feature, to)
    void this.#ask()
  }

  /** Takes all changes back. */
  reset(): void {
    this.#forget()
    this.#host.requestUpdate()
  }

  #forget(): void {
    this.#changes.clear()
    this.#asked += 1
    this.answer = null
    this.problem = ''
  }

  async #ask(): Promise<void> {
    const sources = this.#sources
    const asked = ++this.#asked
    this.#host.requestUpdate()
    if (!sources) return
    const changes = [...this.#changes].map(([feature, to]) => ({ feature, to }))
    try {
      const answer = changes.length > 0 ? await askWhatIf(sources, changes) : null
      if (asked !== this.#asked) return
      this.answer = answer
      this.problem = ''
    } catch (error) {
      if (asked !== this.#asked) return
      this.answer = null
      this.problem = error instanceof Error ? error.message : String(error)
    }
    this.#host.requestUpdate()
  }
}
