/* A simulated IMU chip, as far as a driver of FIFO bursts sees it: registers, a FIFO, a self-test. */
#ifndef FAIRMILE_CHIP_H
#define FAIRMILE_CHIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CHIP_BANKS 4
#define CHIP_MOST_FIFO 8192u

struct chip;

/* What differs from chip to chip. */
struct model {
  const char *name;
  /* Its place is in bank 0. */
  uint8_t id_register, id;
  size_t fifo_bytes;
  /* Bytes that make room together when the FIFO is full. */
  size_t dropped_together;
  /* Puts the registers to their values after power-up; all are 0 before. */
  void (*reset)(struct chip *chip);
  /* Samples a second, 0 while it sleeps. */
  double (*rate_hz)(const struct chip *chip);
  /* Takes a sample of the world: outputs and FIFO. */
  void (*sample)(struct chip *chip, const double accel_g[3], const double gyro_dps[3]);
  uint8_t (*read)(struct chip *chip, uint8_t reg);
  void (*write)(struct chip *chip, uint8_t reg, uint8_t value);
  /* Where a burst reads on after a register. */
  uint8_t (*next)(uint8_t reg);
};

struct chip {
  const struct model *model;
  uint32_t broken;
  uint8_t id;
  uint8_t reg[CHIP_BANKS][128];
  uint8_t bank;
  /* Where the next read starts. */
  uint8_t pointer;
  uint8_t fifo[CHIP_MOST_FIFO];
  size_t fifo_start, fifo_count;
  /* Bytes ever taken out of it since it was emptied, and whether it ran over. */
  size_t fifo_out;
  bool overrun;
  /* FIFO_COUNT as it was latched; the byte read last. */
  uint16_t latched_count;
  uint8_t last_byte;
  /* Samples since the FIFO was emptied. */
  unsigned samples;
  /* Chip samples owed for feed samples taken. */
  double owed;
};

/* NULL for a name that no model has. */
const struct model *find_model(const char *name);
void chip_power_up(struct chip *chip, const struct model *model, uint32_t broken, uint32_t who_am_i);
/* Takes one sample of the world, m/s² and rad/s, `feed_hz` of which come a second. */
void chip_feel(struct chip *chip, const float accel[3], const float gyro[3], double feed_hz);
uint8_t chip_read_next(struct chip *chip);
void chip_write_next(struct chip *chip, uint8_t value);

/* For the models. */
void chip_reset(struct chip *chip);
void fifo_push(struct chip *chip, const uint8_t *bytes, size_t length);
uint8_t fifo_pop(struct chip *chip);
void fifo_clear(struct chip *chip);
/* Rounds to 16 bits; beyond its range an axis stays at the limit. */
uint16_t to_word(double steps);
void put_big(uint8_t *at, double steps);
void put_little(uint8_t *at, double steps);
/* 1 where an axis (0 to 5) answers a self-test, 0 where it is broken. */
double answers_test(const struct chip *chip, int axis);
uint8_t next_register(uint8_t reg);

extern const struct model mpu6050, mpu6500, mpu9250, icm20948, lsm6ds3, lsm6ds3trc, lsm6dso, bmi160;

#endif
