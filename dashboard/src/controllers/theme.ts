/** How the pages are lit: as the system is, or always one way. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

const storageKey = 'fairmile-theme'

/** The chosen theme; `system` where nothing was chosen or storage is closed. */
export function chosenTheme(): Theme {
  try {
    const stored = localStorage.getItem(storageKey)
    return themes.find((theme) => theme === stored) ?? 'system'
  } catch {
    return 'system' // storage is closed in some private windows
  }
}

/** Applies and remembers a theme, and tells those who draw on canvas by `fm-theme` on the window. */
export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(storageKey, theme)
  } catch {
    // The choice then lasts until the page is closed.
  }
  applyTheme(theme)
}

/** Applies a theme to the document. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  dispatchEvent(new Event('fm-theme'))
}
