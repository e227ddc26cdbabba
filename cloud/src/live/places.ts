/** So many connections that stay open a user, in this process. */
export interface Places {
  /** Takes one for a user; what is returned gives it back, any number of times. Null where all of them are taken. */
  take: (userId: string) => (() => void) | null
}

/** @param limit connections of one user */
export function createPlaces(limit: number): Places {
  const taken = new Map<string, number>()
  return {
    take: (userId) => {
      const count = taken.get(userId) ?? 0
      if (count >= limit) return null
      taken.set(userId, count + 1)
      let held = true
      return () => {
        if (!held) return
        held = false
        const left = (taken.get(userId) ?? 1) - 1
        if (left > 0) taken.set(userId, left)
        else taken.delete(userId)
      }
    },
  }
}
