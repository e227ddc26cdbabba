import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
/** Where the agent serves its local API while developing. */
const agentUrl = process.env.FAIRMILE_AGENT_URL ?? 'http://127.0.0.1:8010'

/** The in-car page is a build of its own: the agent serves it from a folder, without the rest of the dashboard. */
export default defineConfig({
  root: here('.'),
  publicDir: here('../public'),
  server: { port: 5174, strictPort: true, proxy: { '/local': { target: agentUrl } } },
  build: {
    outDir: here('../dist/in-car'),
    emptyOutDir: true,
    // Container units, which every size is written in, are there since Chrome 105, Firefox 110 and Safari 16.
    target: ['chrome105', 'firefox110', 'safari16'],
    // The agent's CSP allows no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
