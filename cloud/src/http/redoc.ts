import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const bundleUrl = import.meta.resolve('redoc/bundles/redoc.standalone.js')
/** The maker's mark, which the bundle asks of another server; without it the text "API docs by Redocly" stands alone. */
const foreignMark = 'https://cdn.redoc.ly/redoc/logo-mini.svg'

/** Redoc's bundle, whose every request stays on this origin. */
export async function readRedocBundle(): Promise<string> {
  const bundle = await readFile(fileURLToPath(bundleUrl), 'utf8')
  return bundle.replaceAll(foreignMark, 'data:,')
}

/** Fonts of the reader's machine: Redoc's own would come from elsewhere. */
const fontFamily = 'system-ui, sans-serif'
const monospace = 'ui-monospace, monospace'
const typography = { fontFamily, headings: { fontFamily }, code: { fontFamily: monospace } }

const light = { colors: { primary: { main: '#0b7a6f' } }, typography }

/** Only what differs from Redoc's own colours, which are for white paper. */
const dark = {
  colors: {
    primary: { main: '#3fd0bd' },
    success: { main: '#6fcf7c' },
    error: { main: '#ff8f8a' },
    warning: { main: '#f0b445' },
    gray: { 50: '#18262d', 100: '#1d2d35' },
    text: { primary: '#e6eff2', secondary: '#b4c5cc' },
    border: { dark: 'rgb(255, 255, 255, 0.16)', light: '#22333b' },
    responses: { info: { color: '#7cc4e4' } },
  },
  schema: { linesColor: '#4d626e', nestedBackground: '#131e24' },
  typography: { ...typography, code: { fontFamily: monospace, color: '#ffb4a8', backgroundColor: '#1d2d35' } },
  sidebar: { backgroundColor: '#131e24', textColor: '#e6eff2' },
  rightPanel: {
    backgroundColor: '#101a1f',
    servers: { overlay: { backgroundColor: '#18262d', textColor: '#e6eff2' }, url: { backgroundColor: '#1d2d35' } },
  },
  fab: { backgroundColor: '#22333b', color: '#7db7ff' },
}

const options = { sortRequiredPropsFirst: true, hideHostname: true }

/** Draws the description, in the colours that the reader's system has when the page opens. */
export const redocStart = `const dark = matchMedia('(prefers-color-scheme: dark)').matches
const theme = dark ? ${JSON.stringify(dark)} : ${JSON.stringify(light)}
Redoc.init('/openapi.json', { ...${JSON.stringify(options)}, theme }, document.getElementById('reference'))
`

/** What Redoc leaves to the page, and what it paints white whatever its theme. */
export const redocStyle = `:root { color-scheme: light dark }
body { margin: 0; background: light-dark(#fff, #0b1216) }
@media (prefers-color-scheme: dark) {
  #reference h5, #reference h5 svg { color: #b4c5cc }
  #reference .react-tabs__tab--selected { background: #2b414b }
}
`
