/** Some seconds of what the sensors said at full rate, in columns of equal length; goes in the `raw` lane. Unknown is null. */
export interface RawChunk {
  /** UTC epoch milliseconds that the offsets count from. */
  at: number
  imu: {
    /** Milliseconds after `at`, 0.1. */
    offsetMs: number[]
    /** Specific force in the device's axes, m/s², 0.005: the step of ±16 g in 16 bits. */
    ax: number[]
    ay: number[]
    az: number[]
    /** Rates in the device's axes, rad/s, 0.0005: half a step of ±2000 °/s in 16 bits. */
    gx: (number | null)[]
    gy: (number | null)[]
    gz: (number | null)[]
  }
  fixes: {
    offsetMs: number[]
    /** WGS84 degrees, 1e-7. */
    lat: (number | null)[]
    lon: (number | null)[]
    /** Metres, 0.1. */
    altM: (number | null)[]
    /** m/s, 0.01. */
    speedMps: (number | null)[]
    /** Degrees clockwise from north, 0.01. */
    courseDeg: (number | null)[]
    hdop: (number | null)[]
  }
}
