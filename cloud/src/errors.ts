/** Something that its user can put right: told without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'USAGE'
}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error && error.message) || String(error)
