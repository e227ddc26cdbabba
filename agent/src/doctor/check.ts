import type { DeviceReport } from '@fairmile/contract/device-messages.ts'

/** What one examination found and, where it is not well, what to do. */
export type Finding = DeviceReport['findings'][number]
/** The same before it has its name. */
export type Found = Omit<Finding, 'name'>

/** Characters of a detail that a report may have. */
const maxDetail = 500

/** Runs one examination; what it throws is a finding too. */
export async function examine(name: string, look: () => Promise<Found> | Found): Promise<Finding> {
  try {
    const { result, detail } = await look()
    return { name, result, detail: detail.slice(0, maxDetail) }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { name, result: 'failed', detail: detail.slice(0, maxDetail) }
  }
}
