// Node 24 parses the 178 kB of exports in the package.json of drizzle-orm anew for each import of it and each of its own
// files, 340 times: a third of the start-up time. So what it is found at is remembered, and its own files need no search.
import module from 'node:module'

const drizzle = /^drizzle-orm(\/|$)/
const within = /\/node_modules\/drizzle-orm\/.*\.js$/
const found = new Map()

module.registerHooks?.({
  resolve(specifier, context, next) {
    if (drizzle.test(specifier)) {
      if (!found.has(specifier)) found.set(specifier, next(specifier, context))
      return { ...found.get(specifier), shortCircuit: true }
    }
    if (!specifier.startsWith('./') && !specifier.startsWith('../')) return next(specifier, context)
    if (!specifier.endsWith('.js') || !within.test(context.parentURL ?? '')) return next(specifier, context)
    return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
  },
})
