/** What every object has: nothing may be added to it, taken away or put in its place. */
const roots = { Object, Array, Function, String, Number, Map, Set, Promise, RegExp, Date, Error }

/** Notes what every object of this process has; the look afterwards tells what is another. */
export function watchPrototypes(): () => string[] {
  const before = snapshot()
  return () => {
    const now = snapshot()
    const changed = [...now]
      .filter(([key, value]) => !before.has(key) || !Object.is(before.get(key), value))
      .map(([key]) => key)
    const gone = [...before.keys()].filter((key) => !now.has(key))
    return [...changed, ...gone]
  }
}

function snapshot(): Map<string, unknown> {
  const found = new Map<string, unknown>()
  for (const [name, root] of Object.entries(roots))
    for (const [of, object] of [
      [name, root],
      [`${name}.prototype`, root.prototype],
    ] as const)
      for (const key of Reflect.ownKeys(object)) {
        const descriptor = Reflect.getOwnPropertyDescriptor(object, key)
        found.set(`${of}.${String(key)}`, descriptor?.value ?? descriptor?.get)
      }
  return found
}
