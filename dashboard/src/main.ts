import './styles/tokens.css'
import './styles/page.css'
import { applyTheme, chosenTheme } from './controllers/theme.ts'
import './pages/app.ts'

applyTheme(chosenTheme())
