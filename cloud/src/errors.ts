/** Something that its user can put right: told without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly code = 'USAGE'
}

/** The message of anything thrown; of a failed statement without its values, which may be secrets. */
export const messageOf = (error: unknown): string => {
  const told = withoutValues(error)
  return (told instanceof Error && told.message) || String(told)
}

/** An error as the log has it: its type, message, code and stack, and none of the values it carries. */
export function toLogged(error: unknown): unknown {
  const told = withoutValues(error)
  if (!(told instanceof Error)) return told
  const { name, message, stack } = told
  const { code, table, constraint } = told as { code?: unknown; table?: unknown; constraint?: unknown }
  return { type: name, message, code, table, constraint, stack }
}

/** What a failed statement was caused by: Drizzle puts the statement's values into its own message. */
function withoutValues(error: unknown): unknown {
  return error instanceof Error && 'params' in error && 'query' in error && error.cause instanceof Error
    ? withoutValues(error.cause)
    : error
}
