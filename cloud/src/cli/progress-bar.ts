/** Characters of the bar itself. */
const width = 30

/** Progress on one line that is drawn over again. */
export interface ProgressBar {
  draw(of: { done: number; total: number; words: string }): void
  /** Leaves the line as it is; what comes next has one of its own. */
  end(): void
}

/** Draws progress where somebody looks at a terminal; elsewhere nothing, so that a log has no lines drawn over. */
export function createProgressBar(out: NodeJS.WriteStream = process.stderr): ProgressBar {
  let drawn = false
  return {
    draw({ done, total, words }) {
      if (!out.isTTY) return
      const share = total === 0 ? 1 : Math.min(1, done / total)
      const full = Math.round(share * width)
      const line = `[${'#'.repeat(full)}${' '.repeat(width - full)}] ${Math.floor(share * 100)} % ${words}`
      out.write(`\r\x1b[K${line.slice(0, Math.max(20, (out.columns ?? 80) - 1))}`)
      drawn = true
    },
    end() {
      if (drawn) out.write('\n')
      drawn = false
    },
  }
}
