/** Records numbered from first to last, of one boot and lane. */
export interface LogRange {
  lane: string
  boot: number
  firstSeq: number
  lastSeq: number
  /** How many there are; more than the numbers say where one is there twice. Left out: as many as the numbers say. */
  records?: number
}

/** What comparing two logs has found, in records. */
export interface Comparison {
  /** Reported committed by the agent. */
  committed: number
  /** Of those, how many the cloud does not have. */
  lost: number
  /** How many the cloud has once too often. */
  duplicated: number
  /** In the cloud though the agent did not live to report them. */
  unreported: number
  /** The first few that are lost, for looking into it. */
  examples: string[]
}

const maxExamples = 5

/** Compares, record by record, what the agent reported committed with what the cloud has. */
export function compareLogs(reported: readonly LogRange[], stored: readonly LogRange[]): Comparison {
  const here = new Set<string>()
  let duplicated = 0
  for (const range of stored) {
    duplicated += Math.max(0, (range.records ?? 0) - (range.lastSeq - range.firstSeq + 1))
    for (const name of namesOf(range)) {
      if (here.has(name)) duplicated++
      here.add(name)
    }
  }
  const committed = new Set(reported.flatMap((range) => [...namesOf(range)]))
  const lost = [...committed].filter((name) => !here.has(name))
  return {
    committed: committed.size,
    lost: lost.length,
    duplicated,
    unreported: [...here].filter((name) => !committed.has(name)).length,
    examples: lost.slice(0, maxExamples),
  }
}

function* namesOf({ lane, boot, firstSeq, lastSeq }: LogRange): Generator<string> {
  for (let seq = firstSeq; seq <= lastSeq; seq++) yield `${boot}/${lane}/${seq}`
}
