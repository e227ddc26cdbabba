type Cell = string | number | null

/** Prints rows on stdout: aligned columns for people, or with `json` an object a line. Says on stderr when there are none. */
export function printRows(rows: readonly object[], { json = false, none }: { json?: boolean; none: string }): void {
  if (json) {
    for (const row of rows) process.stdout.write(`${JSON.stringify(row)}\n`)
    return
  }
  const [first] = rows
  if (!first) return void process.stderr.write(`${none}\n`)
  const names = Object.keys(first)
  const cells = rows.map((row) =>
    Object.values(row as Record<string, Cell>).map((value) => printable(String(value ?? '–'))),
  )
  const widths = names.map((name, i) => Math.max(name.length, ...cells.map((row) => row[i]?.length ?? 0)))
  for (const line of [names, ...cells])
    process.stdout.write(
      `${line
        .map((text, i) => text.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    )
}

/** Control characters are written out: what devices send must not steer a terminal, nor begin a line of its own. */
const printable = (text: string): string =>
  text.replace(/\p{Cc}/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`)
