/** Standard gravity in m/s² (CGPM 1901, exact). Thresholds are written in g, data in m/s². */
export const G_MPS2 = 9.80665

/** km/h of one m/s. */
export const KMH_PER_MPS = 3.6

/** Degrees of one radian. */
export const DEG_PER_RAD = 180 / Math.PI

/** Mean radius of the Earth in metres (IUGG R1), for great-circle distances of short steps. */
export const EARTH_RADIUS_M = 6_371_008.8
