import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { begin, type Handler, Refusal } from './answer.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Names of a built page: no dot in front, and no folder but that of files with a hash in their name. */
const servable = /^\/(?:assets\/)?[\w-][\w.-]*$/

/** Serves a built page from its folder; `/` is its `index.html`. */
export function createPageFiles({ folder }: { folder: string }): Handler {
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = pathname === '/' ? '/index.html' : pathname
    const type = types[extname(path)]
    if (!servable.test(path) || type === undefined) throw new Refusal(404, 'There is no such page.')
    let bytes: Buffer
    try {
      bytes = await readFile(join(folder, path))
    } catch {
      if (path !== '/index.html') throw new Refusal(404, 'There is no such file.')
      throw new Refusal(
        503,
        `The in-car page is not in "${folder}": run "npm run build", or name its folder in FAIRMILE_SCREEN_PAGES.`,
      )
    }
    const cache = path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache'
    begin(response, 200, type, { 'cache-control': cache })
    response.end(bytes)
  }
}
