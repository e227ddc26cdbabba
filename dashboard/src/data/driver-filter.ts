import { AdminDriverQuery, type DriverFilter } from '@fairmile/contract/http/admin-lists.ts'

/** Which drivers the list shows by its filters in the address bar, whatever its order; null where the list itself refuses them. */
export function driverFilterOf(search: string): DriverFilter | null {
  const read = AdminDriverQuery.safeParse(Object.fromEntries(new URLSearchParams(search)))
  if (!read.success) return null
  const { sort: _sort, limit: _limit, cursor: _cursor, ...filter } = read.data
  return filter
}
