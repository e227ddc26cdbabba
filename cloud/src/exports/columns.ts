/** A value of a row: a moment in epoch milliseconds, `json` as its text. */
export type Value = string | number | boolean | null
export type Row = Record<string, Value>

/** What a column holds. */
export type ColumnType = 'text' | 'time' | 'number' | 'integer' | 'boolean' | 'json'

export interface Column {
  readonly name: string
  readonly type: ColumnType
}

/** A moment as files of text have it. */
export const momentText = (ms: number): string => new Date(ms).toISOString()

/** Every column of several sets once, in the order in which they come; those of one name have one type. */
export function unionOf(sets: Iterable<readonly Column[]>): Column[] {
  const columns = new Map<string, Column>()
  for (const set of sets)
    for (const { name, type } of set) {
      const known = columns.get(name)
      if (known && known.type !== type)
        throw new Error(`Joining columns: "${name}" is ${known.type} in one set and ${type} in another`)
      columns.set(name, { name, type })
    }
  return [...columns.values()]
}
