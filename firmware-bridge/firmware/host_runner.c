/*
 * Runs the reference implementation on a computer: a command a line on stdin, its result a line on stdout.
 *   frame TYPE SEQ HEX | stream HEX | hello RATE ACCEL GYRO CHIP | imu AT PERIOD V... | state AT IGNITION MV
 *   ack OF STATUS | odometer AT METRES STEP | health AT CENTI_C LOST TEST | down TYPE HEX
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fairmile_bridge.h"

#define MAX_LINE 65536

static uint8_t bytes[MAX_LINE / 2];

static size_t from_hex(const char *text) {
  size_t length = 0;
  unsigned value;
  for (; text != NULL && sscanf(text, "%2x", &value) == 1; text += 2) bytes[length++] = (uint8_t)value;
  return length;
}

static void print_hex(const uint8_t *from, size_t length) {
  for (size_t i = 0; i < length; i++) printf("%02x", from[i]);
  printf("\n");
}

static void run_stream(size_t length) {
  static struct fm_decoder decoder;
  struct fm_frame frame;
  memset(&decoder, 0, sizeof decoder);
  for (size_t i = 0; i < length; i++) {
    if (!fm_decode_byte(&decoder, bytes[i], &frame)) continue;
    printf("%u:%u:", frame.type, frame.seq);
    for (size_t j = 0; j < frame.length; j++) printf("%02x", frame.payload[j]);
    printf(" ");
  }
  printf("%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 ",%" PRIu32 "\n", decoder.frames,
         decoder.bad_stuffing, decoder.too_short, decoder.bad_crc, decoder.oversize, decoder.dropped_bytes);
}

static void run_down(uint8_t type, size_t length) {
  struct fm_frame frame = {type, 0, bytes, length};
  uint16_t first, second;
  uint32_t wake;
  if (fm_get_ping(&frame)) printf("ping\n");
  else if (fm_get_buzzer(&frame, &first, &second)) printf("buzzer %u %u\n", first, second);
  else if (fm_get_sleep(&frame, &first, &wake)) printf("sleep %u %" PRIu32 "\n", first, wake);
  else printf("unknown\n");
}

static const char *word(void) {
  const char *next = strtok(NULL, " \n");
  return next == NULL ? "" : next;
}

static long number(void) { return strtol(word(), NULL, 10); }

int main(void) {
  static char line[MAX_LINE];
  static uint8_t out[FM_MAX_STUFFED + 1];
  while (fgets(line, sizeof line, stdin) != NULL) {
    const char *command = strtok(line, " \n");
    if (command == NULL) continue;
    if (strcmp(command, "frame") == 0) {
      uint8_t type = (uint8_t)number(), seq = (uint8_t)number();
      print_hex(out, fm_encode_frame(type, seq, bytes, from_hex(word()), out, sizeof out));
    } else if (strcmp(command, "stream") == 0) {
      run_stream(from_hex(word()));
    } else if (strcmp(command, "hello") == 0) {
      uint16_t rate = (uint16_t)number(), accel = (uint16_t)number(), gyro = (uint16_t)number();
      print_hex(out, fm_put_hello(out, rate, accel, gyro, word()));
    } else if (strcmp(command, "imu") == 0) {
      uint64_t at = strtoull(word(), NULL, 10);
      uint16_t period = (uint16_t)number();
      int16_t samples[FM_MAX_BURST * 6];
      size_t count = 0;
      for (const char *next = word(); *next != '\0' && count < FM_MAX_BURST * 6; next = word())
        samples[count++] = (int16_t)strtol(next, NULL, 10);
      print_hex(out, fm_put_imu(out, at, period, samples, (uint8_t)(count / 6)));
    } else if (strcmp(command, "state") == 0) {
      uint64_t at = strtoull(word(), NULL, 10);
      int ignition = (int)number();
      print_hex(out, fm_put_state(out, at, ignition, (int32_t)number()));
    } else if (strcmp(command, "ack") == 0) {
      uint8_t of = (uint8_t)number();
      print_hex(out, fm_put_ack(out, of, (enum fm_ack_status)number()));
    } else if (strcmp(command, "odometer") == 0) {
      uint64_t at = strtoull(word(), NULL, 10);
      uint32_t metres = (uint32_t)strtoul(word(), NULL, 10);
      print_hex(out, fm_put_odometer(out, at, metres, (uint16_t)number()));
    } else if (strcmp(command, "health") == 0) {
      uint64_t at = strtoull(word(), NULL, 10);
      int16_t centi_c = (int16_t)number();
      uint32_t lost = (uint32_t)strtoul(word(), NULL, 10);
      print_hex(out, fm_put_health(out, at, centi_c, lost, (enum fm_self_test)number()));
    } else if (strcmp(command, "down") == 0) {
      uint8_t type = (uint8_t)number();
      run_down(type, from_hex(word()));
    } else {
      fprintf(stderr, "host_runner: no command %s\n", command);
      return 2;
    }
  }
  return 0;
}
