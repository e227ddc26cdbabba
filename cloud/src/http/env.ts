import type { User } from '@fairmile/contract/http/auth.ts'
import type { Hono } from 'hono'

/** What middleware leaves in the context of a request. */
export interface AppEnv {
  Variables: {
    user: User | null
    /** Who asks, as rate limits count. */
    address: string
    /** Set where an answer will be another soon for a reason that nobody is told of: it is not kept. */
    volatile?: true
  }
}

/** Answers a request: the app, and what is put around it. */
export type Fetch = Hono<AppEnv>['fetch']
