import { z } from 'zod'

/** Largest page: bounds the work and the bytes of one answer. */
const maxPageSize = 100

/** Which page: the cursor of the page before, none for the first, and how many items at most. */
export const PageQuery = z.object({
  cursor: z
    .string()
    .max(200)
    .optional()
    .meta({ description: '`nextCursor` of the page before; none for the first page' }),
  limit: z.coerce.number().int().min(1).max(maxPageSize).default(20).meta({ description: 'Items of a page at most' }),
})
export type PageQuery = z.infer<typeof PageQuery>

/** A page of items; `nextCursor` is null on the last one. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** A page of items; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[]
  nextCursor: string | null
}
