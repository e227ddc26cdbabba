/** Whether every database takes it for text: one with a NUL or half a character is refused where it is stored, long after it was read. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed()
