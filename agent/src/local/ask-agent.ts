/** The running agent answers at once, but for what it must look at first, milliseconds. */
const patienceMs = 60_000

/** Asks the agent that runs on this computer, over its local API; null where none listens. */
export async function askAgent(
  address: { host: string; port: number } | null,
  path: string,
  { method = 'GET', signal = AbortSignal.timeout(patienceMs) }: { method?: string; signal?: AbortSignal } = {},
): Promise<Response | null> {
  if (address === null) return null
  const host = { '0.0.0.0': '127.0.0.1', '::': '[::1]' }[address.host] ?? bracketed(address.host)
  try {
    return await fetch(`http://${host}:${address.port}${path}`, { method, signal })
  } catch (error) {
    const { code } = ((error as Error).cause ?? {}) as { code?: string }
    if (code === 'ECONNREFUSED') return null
    throw new Error(`Asking the agent at ${host}:${address.port}: ${code ?? (error as Error).message}`, {
      cause: error,
    })
  }
}

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host)
