import type { User } from '@fairmile/contract/http/auth.ts'

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
