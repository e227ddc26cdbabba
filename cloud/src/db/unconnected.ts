import { drizzle } from 'drizzle-orm/postgres-js'
import type { Database } from './database.ts'

/** A database that nobody is connected to, for what only looks at the routes: each query throws. */
export const unconnected = (): Database => drizzle.mock()
