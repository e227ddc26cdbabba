/*
 * InvenSense's MPU-6050 (RM-MPU-6000A-00 revision 4.2), 6500 and 9250 (RM-MPU-9250A-00, AN-MPU-9250A-03); [106] is register 106.
 */
#include <math.h>

#include "chip.h"

enum {
  GYRO_TRIM = 0x00,
  TRIM = 0x0d,
  SMPLRT_DIV = 0x19,
  CONFIG = 0x1a,
  GYRO_CONFIG = 0x1b,
  ACCEL_CONFIG = 0x1c,
  FIFO_EN = 0x23,
  INT_STATUS = 0x3a,
  ACCEL_XOUT_H = 0x3b,
  TEMP_OUT_H = 0x41,
  GYRO_XOUT_H = 0x43,
  USER_CTRL = 0x6a,
  PWR_MGMT_1 = 0x6b,
  FIFO_COUNT_H = 0x72,
  FIFO_COUNT_L = 0x73,
  FIFO_R_W = 0x74,
  WHO_AM_I = 0x75
};

enum {
  INT_DATA_RDY = 0x01,
  INT_FIFO_OFLOW = 0x10,
  USER_FIFO_EN = 0x40,
  USER_FIFO_RESET = 0x04,
  PWR_RESET = 0x80,
  PWR_SLEEP = 0x40
};

/* Factory codes of the self-test: five bits in the first generation [13 to 16], eight in the later [0 to 2, 13 to 15]. */
static const uint8_t first_codes[4] = {0x6f, 0x90, 0xb1, 0x1b};
static const uint8_t later_gyro_codes[3] = {140, 150, 160}, later_accel_codes[3] = {90, 100, 110};

static bool is_first(const struct chip *chip) { return chip->model == &mpu6050; }

static void reset(struct chip *chip) {
  uint8_t *reg = chip->reg[0];
  reg[PWR_MGMT_1] = is_first(chip) ? PWR_SLEEP : 0x01;
  for (int i = 0; i < 4 && is_first(chip); i++) reg[TRIM + i] = first_codes[i];
  for (int i = 0; i < 3 && !is_first(chip); i++) {
    reg[TRIM + i] = later_accel_codes[i];
    reg[GYRO_TRIM + i] = later_gyro_codes[i];
  }
}

/* The gyroscope's output rate is 8 kHz without the low-pass filter, 1 kHz with it [25, 26]. */
static double rate_hz(const struct chip *chip) {
  const uint8_t *reg = chip->reg[0];
  uint8_t filter = reg[CONFIG] & 7u;
  if (reg[PWR_MGMT_1] & PWR_SLEEP) return 0;
  return (filter == 0 || filter == 7 ? 8000.0 : 1000.0) / (1 + reg[SMPLRT_DIV]);
}

/* What an axis changes by when its self-test is on, g or °/s. */
static double response(const struct chip *chip, int axis) {
  const uint8_t *reg = chip->reg[0];
  bool gyro = axis >= 3;
  if (!is_first(chip)) {
    double code = gyro ? reg[GYRO_TRIM + axis - 3] : reg[TRIM + axis];
    return 2620 * pow(1.01, code - 1) / (gyro ? 131 : 16384);
  }
  if (gyro) return (axis == 4 ? -25 : 25) * pow(1.046, (reg[TRIM + axis - 3] & 0x1f) - 1);
  int code = (reg[TRIM + axis] >> 5) << 2 | ((reg[TRIM + 3] >> (4 - 2 * axis)) & 3);
  return 0.34 * pow(0.92 / 0.34, (code - 1) / 30.0);
}

/* FIFO_EN says which registers go into the FIFO; they go in the order of their numbers [35, 116]. */
static void fill_fifo(struct chip *chip) {
  uint8_t *reg = chip->reg[0];
  if ((reg[USER_CTRL] & USER_FIFO_EN) == 0) return;
  for (int at = ACCEL_XOUT_H; at < GYRO_XOUT_H + 6; at++) {
    int bit = at < TEMP_OUT_H ? 3 : at < GYRO_XOUT_H ? 7 : 6 - (at - GYRO_XOUT_H) / 2;
    if ((reg[FIFO_EN] >> bit) & 1) fifo_push(chip, reg + at, 1);
  }
  /* The oldest data are lost, and the status says so until it is read [116, 58]. */
  if (chip->overrun) reg[INT_STATUS] |= INT_FIFO_OFLOW;
  chip->overrun = false;
}

/* By the bits of the range, ±250 to ±2000 °/s, as the data sheet rounds them. */
static const double steps_per_dps[4] = {131, 65.5, 32.8, 16.4};

static void sample(struct chip *chip, const double accel_g[3], const double gyro_dps[3]) {
  uint8_t *reg = chip->reg[0];
  /* ±2, 4, 8, 16 g are 16384 to 2048 steps a g [28]. */
  double accel_steps = 16384.0 / (1 << ((reg[ACCEL_CONFIG] >> 3) & 3));
  double gyro_steps = steps_per_dps[(reg[GYRO_CONFIG] >> 3) & 3];
  for (int axis = 0; axis < 3; axis++) {
    bool accel_test = (reg[ACCEL_CONFIG] >> (7 - axis)) & 1, gyro_test = (reg[GYRO_CONFIG] >> (7 - axis)) & 1;
    double accel = accel_g[axis] + (accel_test ? response(chip, axis) * answers_test(chip, axis) : 0);
    double gyro = gyro_dps[axis] + (gyro_test ? response(chip, axis + 3) * answers_test(chip, axis + 3) : 0);
    put_big(reg + ACCEL_XOUT_H + 2 * axis, accel * accel_steps);
    put_big(reg + GYRO_XOUT_H + 2 * axis, gyro * gyro_steps);
  }
  /* 25 °C: 36.53 + value / 340 [65]; 21 + value / 333.87. */
  put_big(reg + TEMP_OUT_H, is_first(chip) ? (25 - 36.53) * 340 : (25 - 21) * 333.87);
  reg[INT_STATUS] |= INT_DATA_RDY;
  fill_fifo(chip);
}

static uint8_t read_register(struct chip *chip, uint8_t at) {
  uint8_t *reg = chip->reg[0], value = reg[at];
  switch (at) {
    case INT_STATUS: reg[INT_STATUS] = 0; return value; /* Reading clears it [58]. */
    case FIFO_COUNT_H: chip->latched_count = (uint16_t)chip->fifo_count; return (uint8_t)(chip->latched_count >> 8);
    case FIFO_COUNT_L: return (uint8_t)(chip->latched_count & 0xffu);
    case FIFO_R_W: return fifo_pop(chip);
    default: return value;
  }
}

static void write_register(struct chip *chip, uint8_t at, uint8_t value) {
  if ((at >= INT_STATUS && at < GYRO_XOUT_H + 6) || at == FIFO_COUNT_H || at == FIFO_COUNT_L) return;
  if (at == PWR_MGMT_1 && (value & PWR_RESET)) {
    chip_reset(chip);
    return;
  }
  if (at == USER_CTRL && (value & USER_FIFO_RESET)) {
    fifo_clear(chip);
    value = (uint8_t)(value & ~USER_FIFO_RESET); /* Clears itself [106]. */
  }
  chip->reg[0][at] = value;
}

static uint8_t next(uint8_t at) { return at == FIFO_R_W ? at : next_register(at); }

#define MPU(variable, text, who, bytes)                                                             \
  const struct model variable = {text,   WHO_AM_I,      who,            bytes, 1, reset, rate_hz, \
                                 sample, read_register, write_register, next}
MPU(mpu6050, "MPU-6050", 0x68, 1024);
MPU(mpu6500, "MPU-6500", 0x70, 512);
MPU(mpu9250, "MPU-9250", 0x71, 512);
