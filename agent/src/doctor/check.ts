/** What one examination found. */
export interface Finding {
  /** What was looked at: `gnss`, `disk`, … */
  name: string
  /** `skipped` where it is not used, or could not be looked at without harm. */
  result: 'ok' | 'failed' | 'skipped'
  /** What was found and, where it failed, what to do. */
  detail: string
}

/** Runs one examination; what it throws is a finding too. */
export async function examine(
  name: string,
  look: () => Promise<Omit<Finding, 'name'>> | Omit<Finding, 'name'>,
): Promise<Finding> {
  try {
    return { name, ...(await look()) }
  } catch (error) {
    return { name, result: 'failed', detail: error instanceof Error ? error.message : String(error) }
  }
}
