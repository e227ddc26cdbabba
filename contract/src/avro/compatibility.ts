import type { Schema } from 'avsc'
import { compile } from './compile.ts'

/**
 * What a new version of a schema must be able to do, by the names that schema registries have for it. BACKWARD: it reads what the version
 * before wrote; FORWARD: the version before reads what it writes; FULL: both. TRANSITIVE: so with every version before.
 */
export const compatibilityLevels = [
  'NONE',
  'BACKWARD',
  'BACKWARD_TRANSITIVE',
  'FORWARD',
  'FORWARD_TRANSITIVE',
  'FULL',
  'FULL_TRANSITIVE',
] as const
export type CompatibilityLevel = (typeof compatibilityLevels)[number]

/** A version that there is. */
export interface SchemaVersion {
  readonly version: number
  readonly schema: Schema
}

/** Says why a schema cannot follow the versions before it, the oldest first; nothing where it can. */
export function incompatibilities(
  candidate: Schema,
  before: readonly SchemaVersion[],
  level: CompatibilityLevel,
): string[] {
  if (level === 'NONE') return []
  const held = level.endsWith('_TRANSITIVE') ? before : before.slice(-1)
  const problems: string[] = []
  for (const { version, schema } of held) {
    const backward = level.startsWith('FORWARD') ? null : readProblem(candidate, schema)
    if (backward !== null) problems.push(`It cannot read what version ${version} wrote: ${backward}`)
    const forward = level.startsWith('BACKWARD') ? null : readProblem(schema, candidate)
    if (forward !== null) problems.push(`Version ${version} cannot read what it writes: ${forward}`)
  }
  return problems
}

/** Why values of one schema cannot be read as those of another (Avro's "Schema Resolution"); null where they can. */
function readProblem(reader: Schema, writer: Schema): string | null {
  try {
    compile(reader).createResolver(compile(writer))
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
