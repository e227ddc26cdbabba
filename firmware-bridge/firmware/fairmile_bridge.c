#include "fairmile_bridge.h"

#include <string.h>

static void put16(uint8_t *at, uint16_t value) {
  at[0] = (uint8_t)(value & 0xffu);
  at[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t *at, uint32_t value) {
  put16(at, (uint16_t)(value & 0xffffu));
  put16(at + 2, (uint16_t)(value >> 16));
}

static void put64(uint8_t *at, uint64_t value) {
  for (int i = 0; i < 8; i++) at[i] = (uint8_t)((value >> (8 * i)) & 0xffu);
}

static uint16_t get16(const uint8_t *at) { return (uint16_t)(at[0] | ((uint16_t)at[1] << 8)); }

static uint32_t get32(const uint8_t *at) { return get16(at) | ((uint32_t)get16(at + 2) << 16); }

/* CRC-16/CCITT-FALSE, bit by bit: no table in a small ROM. */
static uint16_t crc_step(uint16_t crc, uint8_t byte) {
  crc = (uint16_t)(crc ^ ((uint16_t)byte << 8));
  for (int bit = 0; bit < 8; bit++) {
    unsigned shifted = (unsigned)crc << 1;
    crc = (uint16_t)((crc & 0x8000u) != 0u ? shifted ^ 0x1021u : shifted);
  }
  return crc;
}

uint16_t fm_crc16(const uint8_t *bytes, size_t length) {
  uint16_t crc = 0xffffu;
  for (size_t i = 0; i < length; i++) crc = crc_step(crc, bytes[i]);
  return crc;
}

/* COBS writer that takes one byte at a time. */
struct stuffer {
  uint8_t *out;
  size_t room, at, code;
};

static bool stuff(struct stuffer *to, uint8_t byte) {
  if (to->at - to->code == 0xffu) {
    to->out[to->code] = 0xffu;
    to->code = to->at++;
    if (to->at >= to->room) return false;
  }
  if (byte == 0) {
    to->out[to->code] = (uint8_t)(to->at - to->code);
    to->code = to->at++;
  } else {
    to->out[to->at++] = byte;
  }
  return to->at < to->room;
}

size_t fm_encode_frame(uint8_t type, uint8_t seq, const uint8_t *payload, size_t length, uint8_t *out, size_t room) {
  if (length > FM_MAX_PAYLOAD || room < 2) return 0;
  struct stuffer to = {out, room, 1, 0};
  uint16_t crc = crc_step(crc_step(0xffffu, type), seq);
  bool fits = stuff(&to, type) && stuff(&to, seq);
  for (size_t i = 0; fits && i < length; i++) {
    crc = crc_step(crc, payload[i]);
    fits = stuff(&to, payload[i]);
  }
  fits = fits && stuff(&to, (uint8_t)(crc & 0xffu)) && stuff(&to, (uint8_t)(crc >> 8));
  if (!fits) return 0;
  out[to.code] = (uint8_t)(to.at - to.code);
  out[to.at] = 0;
  return to.at + 1;
}

/* Takes the stuffing out in place; returns the length, or SIZE_MAX for bytes that no encoder makes. */
static size_t unstuff(uint8_t *bytes, size_t length) {
  size_t from = 0, to = 0;
  while (from < length) {
    size_t code = bytes[from++];
    if (code == 0 || from + code - 1 > length) return SIZE_MAX;
    memmove(bytes + to, bytes + from, code - 1);
    to += code - 1;
    from += code - 1;
    if (code < 0xffu && from < length) bytes[to++] = 0;
  }
  return to;
}

static bool finish(struct fm_decoder *decoder, struct fm_frame *frame) {
  size_t stuffed = decoder->length;
  size_t length = unstuff(decoder->buffer, stuffed);
  if (length == SIZE_MAX) decoder->bad_stuffing++;
  else if (length < 4) decoder->too_short++;
  else if (fm_crc16(decoder->buffer, length - 2) != get16(decoder->buffer + length - 2)) decoder->bad_crc++;
  else {
    decoder->frames++;
    frame->type = decoder->buffer[0];
    frame->seq = decoder->buffer[1];
    frame->payload = decoder->buffer + 2;
    frame->length = length - 4;
    return true;
  }
  decoder->dropped_bytes += (uint32_t)stuffed;
  return false;
}

bool fm_decode_byte(struct fm_decoder *decoder, uint8_t byte, struct fm_frame *frame) {
  bool found = false;
  if (byte == 0) {
    if (decoder->overflowing) decoder->oversize++;
    else if (decoder->length > 0) found = finish(decoder, frame);
    decoder->length = 0;
    decoder->overflowing = false;
  } else if (decoder->overflowing) {
    decoder->dropped_bytes++;
  } else if (decoder->length < FM_MAX_STUFFED) {
    decoder->buffer[decoder->length++] = byte;
  } else {
    decoder->overflowing = true;
    decoder->dropped_bytes += (uint32_t)decoder->length + 1u;
  }
  return found;
}

size_t fm_put_hello(uint8_t *payload, uint16_t rate_hz, uint16_t accel_steps_per_g, uint16_t gyro_decisteps_per_dps,
                    const char *chip) {
  size_t length = strlen(chip);
  if (length < 1 || length > FM_CHIP_BYTES) return 0;
  payload[0] = FM_PROTOCOL_VERSION;
  put16(payload + 1, rate_hz);
  put16(payload + 3, accel_steps_per_g);
  put16(payload + 5, gyro_decisteps_per_dps);
  memset(payload + 7, 0, FM_CHIP_BYTES);
  memcpy(payload + 7, chip, length);
  return 7 + FM_CHIP_BYTES;
}

size_t fm_put_imu(uint8_t *payload, uint64_t at_us, uint16_t period_us, const int16_t *samples, uint8_t count) {
  if (count < 1 || count > FM_MAX_BURST) return 0;
  put64(payload, at_us);
  put16(payload + 8, period_us);
  payload[10] = count;
  for (size_t i = 0; i < (size_t)count * 6; i++) put16(payload + 11 + 2 * i, (uint16_t)samples[i]);
  return 11 + (size_t)count * 12;
}

size_t fm_put_state(uint8_t *payload, uint64_t at_us, int ignition, int32_t battery_mv) {
  if (battery_mv > 0xfffe) return 0;
  put64(payload, at_us);
  payload[8] = (uint8_t)(ignition < 0 ? 0 : ignition == 0 ? 1 : 3);
  put16(payload + 9, (uint16_t)(battery_mv < 0 ? 0xffff : battery_mv));
  return 11;
}

size_t fm_put_ack(uint8_t *payload, uint8_t of, enum fm_ack_status status) {
  payload[0] = of;
  payload[1] = (uint8_t)status;
  return 2;
}

size_t fm_put_odometer(uint8_t *payload, uint64_t at_us, uint32_t metres, uint16_t step_m) {
  put64(payload, at_us);
  put32(payload + 8, metres);
  put16(payload + 12, step_m);
  return 14;
}

size_t fm_put_health(uint8_t *payload, uint64_t at_us, int16_t imu_centi_c, uint32_t lost_samples,
                     enum fm_self_test self_test) {
  put64(payload, at_us);
  put16(payload + 8, (uint16_t)imu_centi_c);
  put32(payload + 10, lost_samples);
  payload[14] = (uint8_t)self_test;
  return 15;
}

bool fm_get_ping(const struct fm_frame *frame) { return frame->type == FM_PING && frame->length == 0; }

bool fm_get_buzzer(const struct fm_frame *frame, uint16_t *frequency_hz, uint16_t *duration_ms) {
  if (frame->type != FM_BUZZER || frame->length != 4) return false;
  *frequency_hz = get16(frame->payload);
  *duration_ms = get16(frame->payload + 2);
  return true;
}

bool fm_get_sleep(const struct fm_frame *frame, uint16_t *after_s, uint32_t *wake_s) {
  if (frame->type != FM_SLEEP || frame->length != 6) return false;
  *after_s = get16(frame->payload);
  *wake_s = get32(frame->payload + 2);
  return true;
}
