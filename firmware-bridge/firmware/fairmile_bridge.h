/*
 * Reference implementation of the sensor board's side of PROTOCOL.md: C99, no allocation, no standard I/O.
 * Checked against the same byte vectors as the TypeScript codec.
 */
#ifndef FAIRMILE_BRIDGE_H
#define FAIRMILE_BRIDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FM_PROTOCOL_VERSION 1u
/* Bytes of a frame before stuffing, and on the line without the closing zero. */
#define FM_MAX_FRAME 1024u
#define FM_MAX_STUFFED (FM_MAX_FRAME + FM_MAX_FRAME / 254u + 1u)
#define FM_MAX_PAYLOAD (FM_MAX_FRAME - 4u)
#define FM_MAX_BURST ((FM_MAX_PAYLOAD - 11u) / 12u)
#define FM_CHIP_BYTES 16u
/* Temperature of an IMU that has none. */
#define FM_NO_TEMPERATURE INT16_MIN

enum fm_type {
  FM_HELLO = 0x01,
  FM_IMU = 0x02,
  FM_STATE = 0x03,
  FM_ACK = 0x04,
  FM_ODOMETER = 0x05,
  FM_HEALTH = 0x06,
  FM_PING = 0x81,
  FM_BUZZER = 0x82,
  FM_SLEEP = 0x83
};

enum fm_self_test { FM_NOT_RUN = 0, FM_PASSED = 1, FM_FAILED = 2 };

enum fm_ack_status { FM_DONE = 0, FM_UNKNOWN = 1, FM_REFUSED = 2 };

struct fm_frame {
  uint8_t type;
  uint8_t seq;
  const uint8_t *payload;
  size_t length;
};

/* Zero-initialise before use. */
struct fm_decoder {
  uint8_t buffer[FM_MAX_STUFFED];
  size_t length;
  bool overflowing;
  uint32_t frames, bad_stuffing, too_short, bad_crc, oversize, dropped_bytes;
};

uint16_t fm_crc16(const uint8_t *bytes, size_t length);

/* Writes a frame with its closing zero; returns its length, 0 where it does not fit. */
size_t fm_encode_frame(uint8_t type, uint8_t seq, const uint8_t *payload, size_t length, uint8_t *out, size_t room);

/* Takes one byte off the line; true when it ended a frame, which stays valid until the next call. */
bool fm_decode_byte(struct fm_decoder *decoder, uint8_t byte, struct fm_frame *frame);

/* Messages up: each writes a payload and returns its length, 0 for values that cannot be. */
size_t fm_put_hello(uint8_t *payload, uint16_t rate_hz, uint16_t accel_steps_per_g, uint16_t gyro_decisteps_per_dps,
                    const char *chip);
/* `samples`: ax ay az gx gy gz of each, `count` of them. */
size_t fm_put_imu(uint8_t *payload, uint64_t at_us, uint16_t period_us, const int16_t *samples, uint8_t count);
/* `ignition`: 1 on, 0 off, negative where not connected; `battery_mv`: negative where not measured. */
size_t fm_put_state(uint8_t *payload, uint64_t at_us, int ignition, int32_t battery_mv);
size_t fm_put_ack(uint8_t *payload, uint8_t of, enum fm_ack_status status);
/* `step_m`: what the odometer counts in. */
size_t fm_put_odometer(uint8_t *payload, uint64_t at_us, uint32_t metres, uint16_t step_m);
/* `imu_centi_c`: hundredths of a degree Celsius, or FM_NO_TEMPERATURE; `lost_samples`: since the start. */
size_t fm_put_health(uint8_t *payload, uint64_t at_us, int16_t imu_centi_c, uint32_t lost_samples,
                     enum fm_self_test self_test);

/* Messages down: true where the frame is one of the kind. */
bool fm_get_ping(const struct fm_frame *frame);
bool fm_get_buzzer(const struct fm_frame *frame, uint16_t *frequency_hz, uint16_t *duration_ms);
bool fm_get_sleep(const struct fm_frame *frame, uint16_t *after_s, uint32_t *wake_s);

#endif
