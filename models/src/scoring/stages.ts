/** The stages of a model's version: offered, scoring unseen beside the live one, the one that prices, and no longer used. */
export const stages = ['candidate', 'shadow', 'live', 'retired'] as const
export type Stage = (typeof stages)[number]

/** A version where it stands. */
export interface StagedVersion {
  version: string
  stage: Stage
}

/** A step of one version; `from` is null where it was taken in. */
export interface StageChange {
  version: string
  from: Stage | null
  to: Stage
}

/** Where a version may go from each stage. Nothing becomes live that was not scored in the shadow, or live before. */
const mayBecome: Record<Stage, readonly Stage[]> = {
  candidate: ['shadow', 'retired'],
  shadow: ['live', 'candidate', 'retired'],
  live: ['retired'],
  retired: ['shadow', 'live'],
}

/**
 * The changes that bring a version of a model to a stage: a new live one retires the one before.
 *
 * @param versions all versions of the model
 * @param history all changes so far, the oldest first
 * @throws RangeError that says why it may not go there
 */
export function planStage(
  versions: readonly StagedVersion[],
  history: readonly StageChange[],
  { version, to }: { version: string; to: Stage },
): StageChange[] {
  const staged = versions.find((one) => one.version === version)
  const refuse = (why: string): never => {
    throw new RangeError(`bringing version ${version} to the stage ${to}: ${why}`)
  }
  if (staged === undefined) return refuse('there is no such version')
  const { stage: from } = staged
  if (from === to) return refuse('it is there already')
  if (!mayBecome[from].includes(to)) return refuse(`from ${from} it may become ${mayBecome[from].join(' or ')}`)
  if (from === 'live') return refuse('nothing would be live; make another version live instead, or roll back')
  const wasLive = history.some((change) => change.version === version && change.to === 'live')
  if (from === 'retired' && to === 'live' && !wasLive)
    return refuse('it was never live; let it score in the shadow first')
  const before = to === 'live' ? versions.find(({ stage }) => stage === 'live') : undefined
  return [...(before ? [{ version: before.version, from: 'live', to: 'retired' } as const] : []), { version, from, to }]
}

/**
 * The changes that bring back what was live before the version that is.
 *
 * @throws RangeError where there is none
 */
export function planRollback(versions: readonly StagedVersion[], history: readonly StageChange[]): StageChange[] {
  // A version that was returned to ends what came after it: rolled back twice, one is two versions back.
  const line: string[] = []
  for (const { version, to } of history) {
    if (to !== 'live') continue
    const at = line.indexOf(version)
    if (at >= 0) line.length = at
    line.push(version)
  }
  const before = line.at(-2)
  if (before === undefined) throw new RangeError('rolling back: no other version was live before')
  return planStage(versions, history, { version: before, to: 'live' })
}
