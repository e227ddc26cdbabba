/** Name of the session cookie: HttpOnly, SameSite=Strict. */
export const sessionCookie = 'fairmile_session'

/** The token that a request carries, from its `Authorization: Bearer …` or else its session cookie; undefined where there is none. */
export function tokenOf(authorization: string | undefined, cookie: string | undefined): string | undefined {
  return /^Bearer +([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1] ?? cookieToken(cookie)
}

const cookieToken = (cookies: string | undefined): string | undefined =>
  cookies
    ?.split(/; */)
    .find((pair) => pair.startsWith(`${sessionCookie}=`))
    ?.slice(sessionCookie.length + 1)
