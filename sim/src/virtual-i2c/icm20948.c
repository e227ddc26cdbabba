/* TDK InvenSense's ICM-20948 (DS-000189 revision 1.3). */
#include <math.h>

#include "chip.h"

/* Bank 0. */
enum {
  WHO_AM_I = 0x00,
  USER_CTRL = 0x03,
  PWR_MGMT_1 = 0x06,
  INT_STATUS_2 = 0x1b,
  ACCEL_XOUT_H = 0x2d,
  GYRO_XOUT_H = 0x33,
  TEMP_OUT_H = 0x39,
  FIFO_EN_2 = 0x67,
  FIFO_RST = 0x68,
  FIFO_COUNT_H = 0x70,
  FIFO_COUNT_L = 0x71,
  FIFO_R_W = 0x72
};
/* Bank 1, bank 2, and every bank. */
enum { GYRO_TRIM = 0x02, ACCEL_TRIM = 0x0e };
enum { GYRO_SMPLRT_DIV = 0x00, GYRO_CONFIG_1, GYRO_CONFIG_2, ACCEL_CONFIG = 0x14, ACCEL_CONFIG_2 };
enum { REG_BANK_SEL = 0x7f };

static const uint8_t gyro_codes[3] = {145, 155, 165}, accel_codes[3] = {95, 105, 115};

static void reset(struct chip *chip) {
  chip->reg[0][PWR_MGMT_1] = 0x41;
  chip->reg[2][GYRO_CONFIG_1] = chip->reg[2][ACCEL_CONFIG] = 0x01;
  for (int i = 0; i < 3; i++) {
    chip->reg[1][GYRO_TRIM + i] = gyro_codes[i];
    chip->reg[1][ACCEL_TRIM + i] = accel_codes[i];
  }
}

static double rate_hz(const struct chip *chip) {
  return chip->reg[0][PWR_MGMT_1] & 0x40 ? 0 : 1125.0 / (1 + chip->reg[2][GYRO_SMPLRT_DIV]);
}

/* By the bits of the range, ±250 to ±2000 °/s, as the data sheet rounds them. */
static const double steps_per_dps[4] = {131, 65.5, 32.8, 16.4};

static void sample(struct chip *chip, const double accel_g[3], const double gyro_dps[3]) {
  uint8_t *reg = chip->reg[0], *set = chip->reg[2];
  double accel_steps = 16384.0 / (1 << ((set[ACCEL_CONFIG] >> 1) & 3));
  double gyro_steps = steps_per_dps[(set[GYRO_CONFIG_1] >> 1) & 3];
  for (int axis = 0; axis < 3; axis++) {
    bool accel_test = (set[ACCEL_CONFIG_2] >> (4 - axis)) & 1, gyro_test = (set[GYRO_CONFIG_2] >> (5 - axis)) & 1;
    double accel = 2620 * pow(1.01, accel_codes[axis] - 1) / 16384 * answers_test(chip, axis);
    double gyro = 2620 * pow(1.01, gyro_codes[axis] - 1) / 131 * answers_test(chip, axis + 3);
    put_big(reg + ACCEL_XOUT_H + 2 * axis, (accel_g[axis] + (accel_test ? accel : 0)) * accel_steps);
    put_big(reg + GYRO_XOUT_H + 2 * axis, (gyro_dps[axis] + (gyro_test ? gyro : 0)) * gyro_steps);
  }
  put_big(reg + TEMP_OUT_H, (25 - 21) * 333.87);
  if ((reg[USER_CTRL] & 0x40) == 0 || reg[FIFO_RST] != 0) return;
  if (reg[FIFO_EN_2] & 0x10) for (int i = 0; i < 6; i++) fifo_push(chip, reg + ACCEL_XOUT_H + i, 1);
  for (int axis = 0; axis < 3; axis++)
    if ((reg[FIFO_EN_2] >> (1 + axis)) & 1)
      for (int i = 0; i < 2; i++) fifo_push(chip, reg + GYRO_XOUT_H + 2 * axis + i, 1);
  if (chip->overrun) reg[INT_STATUS_2] |= 1;
  chip->overrun = false;
}

static uint8_t read_register(struct chip *chip, uint8_t at) {
  uint8_t value = chip->reg[chip->bank][at];
  if (at == REG_BANK_SEL) return (uint8_t)(chip->bank << 4);
  if (chip->bank != 0) return value;
  switch (at) {
    case INT_STATUS_2: chip->reg[0][at] = 0; return value;
    case FIFO_COUNT_H: chip->latched_count = (uint16_t)chip->fifo_count; return (uint8_t)(chip->latched_count >> 8);
    case FIFO_COUNT_L: return (uint8_t)(chip->latched_count & 0xffu);
    case FIFO_R_W: return fifo_pop(chip);
    default: return value;
  }
}

static void write_register(struct chip *chip, uint8_t at, uint8_t value) {
  if (at == REG_BANK_SEL) chip->bank = (value >> 4) & 3;
  else if (chip->bank == 0 && at == PWR_MGMT_1 && (value & 0x80)) chip_reset(chip);
  else {
    if (chip->bank == 0 && at == FIFO_RST && value != 0) fifo_clear(chip);
    chip->reg[chip->bank][at] = value;
  }
}

static uint8_t next(uint8_t at) { return at == FIFO_R_W ? at : next_register(at); }

const struct model icm20948 = {"ICM-20948", WHO_AM_I,      0xea,           512, 1, reset, rate_hz,
                               sample,      read_register, write_register, next};
