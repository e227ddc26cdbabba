#include "mpu6050.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

enum {
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

/* Bits. */
enum {
  INT_DATA_RDY = 0x01,
  INT_FIFO_OFLOW = 0x10,
  USER_FIFO_EN = 0x40,
  USER_FIFO_RESET = 0x04,
  PWR_RESET = 0x80,
  PWR_SLEEP = 0x40
};

static const double g_mps2 = 9.80665;
static const double degrees_of_radian = 57.29577951308232;

void mpu6050_reset(struct mpu6050 *chip) {
  memset(chip, 0, sizeof *chip);
  chip->reg[PWR_MGMT_1] = PWR_SLEEP;
  chip->reg[WHO_AM_I] = 0x68;
}

static void fifo_push(struct mpu6050 *chip, uint8_t byte) {
  if (chip->fifo_count == MPU_FIFO_BYTES) {
    /* The oldest data are lost, and the status says so until it is read [116, 58]. */
    chip->fifo_start = (chip->fifo_start + 1) % MPU_FIFO_BYTES;
    chip->fifo_count--;
    chip->reg[INT_STATUS] |= INT_FIFO_OFLOW;
  }
  chip->fifo[(chip->fifo_start + chip->fifo_count++) % MPU_FIFO_BYTES] = byte;
}

static uint8_t fifo_pop(struct mpu6050 *chip) {
  if (chip->fifo_count > 0) {
    chip->last_byte = chip->fifo[chip->fifo_start];
    chip->fifo_start = (chip->fifo_start + 1) % MPU_FIFO_BYTES;
    chip->fifo_count--;
  }
  return chip->last_byte;
}

/* Sixteen bits, high byte first; beyond its range an axis stays at the limit. */
static void put_axis(struct mpu6050 *chip, int reg, double steps) {
  double limited = steps > 32767 ? 32767 : steps < -32768 ? -32768 : steps;
  int16_t value = (int16_t)lround(limited);
  chip->reg[reg] = (uint8_t)((uint16_t)value >> 8);
  chip->reg[reg + 1] = (uint8_t)((uint16_t)value & 0xffu);
}

/* FIFO_EN says which registers go into the FIFO; they go in the order of their numbers [35, 116]. */
static void fill_fifo(struct mpu6050 *chip) {
  uint8_t enabled = chip->reg[FIFO_EN];
  if ((chip->reg[USER_CTRL] & USER_FIFO_EN) == 0) return;
  for (int reg = ACCEL_XOUT_H; reg < GYRO_XOUT_H + 6; reg++) {
    int bit = reg < TEMP_OUT_H ? 3 : reg < GYRO_XOUT_H ? 7 : 6 - (reg - GYRO_XOUT_H) / 2;
    if ((enabled >> bit) & 1) fifo_push(chip, chip->reg[reg]);
  }
}

static double sample_rate_hz(const struct mpu6050 *chip) {
  /* The gyroscope's output rate is 8 kHz without the low-pass filter, 1 kHz with it [25, 26]. */
  uint8_t filter = chip->reg[CONFIG] & 7u;
  double output_hz = filter == 0 || filter == 7 ? 8000.0 : 1000.0;
  return output_hz / (1 + chip->reg[SMPLRT_DIV]);
}

void mpu6050_feel(struct mpu6050 *chip, const float accel[3], const float gyro[3], double feed_hz) {
  if (chip->reg[PWR_MGMT_1] & PWR_SLEEP) return;
  /* ±2, 4, 8, 16 g are 16384 to 2048 steps a g [28]; ±250 to 2000 °/s 131 to 16.4 steps a °/s [27]. */
  double accel_steps = 16384.0 / (1 << ((chip->reg[ACCEL_CONFIG] >> 3) & 3)) / g_mps2;
  double gyro_steps = 131.0 / (1 << ((chip->reg[GYRO_CONFIG] >> 3) & 3)) * degrees_of_radian;
  for (int axis = 0; axis < 3; axis++) {
    put_axis(chip, ACCEL_XOUT_H + 2 * axis, accel[axis] * accel_steps);
    put_axis(chip, GYRO_XOUT_H + 2 * axis, gyro[axis] * gyro_steps);
  }
  /* 25 °C: 36.53 + value / 340 [65]. */
  put_axis(chip, TEMP_OUT_H, (25 - 36.53) * 340);
  for (chip->owed += sample_rate_hz(chip) / feed_hz; chip->owed >= 1; chip->owed -= 1) {
    chip->reg[INT_STATUS] |= INT_DATA_RDY;
    fill_fifo(chip);
  }
}

static uint8_t read_register(struct mpu6050 *chip, uint8_t reg) {
  uint8_t value = chip->reg[reg];
  switch (reg) {
    case INT_STATUS:
      chip->reg[INT_STATUS] = 0; /* Reading clears it [58]. */
      return value;
    case FIFO_COUNT_H:
      chip->latched_count = (uint16_t)chip->fifo_count;
      return (uint8_t)(chip->latched_count >> 8);
    case FIFO_COUNT_L:
      return (uint8_t)(chip->latched_count & 0xffu);
    case FIFO_R_W:
      return fifo_pop(chip);
    default:
      return value;
  }
}

static bool is_read_only(uint8_t reg) {
  return (reg >= INT_STATUS && reg < GYRO_XOUT_H + 6) || reg == FIFO_COUNT_H || reg == FIFO_COUNT_L || reg == WHO_AM_I;
}

static void write_register(struct mpu6050 *chip, uint8_t reg, uint8_t value) {
  if (is_read_only(reg)) return;
  if (reg == PWR_MGMT_1 && (value & PWR_RESET)) {
    mpu6050_reset(chip);
    return;
  }
  if (reg == FIFO_R_W) {
    fifo_push(chip, value);
    return;
  }
  if (reg == USER_CTRL && (value & USER_FIFO_RESET)) {
    chip->fifo_count = 0;
    value = (uint8_t)(value & ~USER_FIFO_RESET); /* Clears itself [106]. */
  }
  chip->reg[reg] = value;
}

static void move_on(struct mpu6050 *chip) {
  if (chip->pointer != FIFO_R_W) chip->pointer = (chip->pointer + 1) & 0x7f;
}

uint8_t mpu6050_read_next(struct mpu6050 *chip) {
  uint8_t value = read_register(chip, chip->pointer);
  move_on(chip);
  return value;
}

void mpu6050_write_next(struct mpu6050 *chip, uint8_t value) {
  uint8_t reg = chip->pointer;
  write_register(chip, reg, value);
  chip->pointer = reg;
  move_on(chip);
}
