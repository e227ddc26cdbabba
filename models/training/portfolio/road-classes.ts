/** Roads as the portfolio knows them, by the limit that is posted; drivers and hazards differ between them. */
export const roadClasses = ['town', 'country', 'motorway'] as const
export type RoadClass = (typeof roadClasses)[number]

/** Highest limit of towns and of country roads, km/h. */
const townKmh = 50
const countryKmh = 100

/** The class of a road by its posted limit, km/h. */
export function roadClassOf(limitKmh: number): RoadClass {
  if (limitKmh <= townKmh) return 'town'
  return limitKmh <= countryKmh ? 'country' : 'motorway'
}
