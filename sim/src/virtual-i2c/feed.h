/* What the simulator writes and the preloaded library maps: samples in physical units, in a ring. Little-endian. */
#ifndef FAIRMILE_FEED_H
#define FAIRMILE_FEED_H

#include <stdint.h>

/* 41 s at 100 Hz: a reader that sleeps longer has overflowed its FIFO anyway. Kept equal in feed.ts. */
#define FEED_SLOTS 4096u
#define FEED_MAGIC 0x32433249494d4146ull /* "FAMII2C2" */
#define FEED_MODEL_BYTES 16u
/* `who_am_i` of a chip that says what it is. */
#define FEED_OWN_ID 0xffffffffu

struct feed_sample {
  /* Specific force, m/s², and rates, rad/s, in the chip's axes. */
  float accel[3];
  float gyro[3];
};

struct feed {
  uint64_t magic;
  uint32_t bus;
  uint32_t address;
  /* 0: the chip feels what was written over and over, a sample a transaction, whatever the time. */
  uint32_t rate_hz;
  /* 0 while the chip is unplugged: nobody answers. */
  uint32_t present;
  /* Samples ever written; written after the sample itself. */
  uint64_t written;
  char model[FEED_MODEL_BYTES];
  /* A bit an axis (accelerometer x, y, z, gyroscope x, y, z) that does not answer a self-test. */
  uint32_t broken;
  /* What the chip says that it is. */
  uint32_t who_am_i;
  struct feed_sample ring[FEED_SLOTS];
};

#endif
