import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

/** Port of `npm run dev`; the cloud has 8000. */
const devPort = 5173
/** Where the cloud is while developing. */
const cloudUrl = process.env.FAIRMILE_CLOUD_URL ?? 'http://127.0.0.1:8000'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // The demos are pages of the dev server alone: http://localhost:5173/demos/
  appType: 'mpa',
  plugins: [
    {
      name: 'fairmile-pages',
      configureServer: ({ middlewares }) => {
        middlewares.use((request, _response, next) => {
          const path = new URL(request.url ?? '/', 'http://localhost').pathname
          const isPage = request.headers.accept?.includes('text/html') && !/\.|^\/(api|demos|@|src)/.test(path)
          if (isPage) request.url = '/index.html'
          next()
        })
      },
    },
  ],
  server: {
    port: devPort,
    strictPort: true,
    proxy: { '/api': { target: cloudUrl, changeOrigin: true, ws: true } },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // light-dark(), which the tokens are written in, is there since Chrome 123, Firefox 120 and Safari 17.5.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    // The cloud's CSP allows no data: URLs.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
