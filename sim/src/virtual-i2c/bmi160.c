/* Bosch's BMI160 (BST-BMI160-DS000-07 revision 0.8, chapter 2.11). */
#include "chip.h"

enum {
  CHIP_ID = 0x00,
  PMU_STATUS = 0x03,
  GYR_X = 0x0c,
  ACC_X = 0x12,
  STATUS = 0x1b,
  TEMPERATURE = 0x20,
  FIFO_LENGTH_0 = 0x22,
  FIFO_LENGTH_1 = 0x23,
  FIFO_DATA = 0x24,
  ACC_CONF = 0x40,
  ACC_RANGE = 0x41,
  GYR_RANGE = 0x43,
  FIFO_CONFIG_1 = 0x47,
  SELF_TEST = 0x6d,
  CMD = 0x7e
};

static void reset(struct chip *chip) {
  chip->reg[0][ACC_CONF] = 0x28;
  chip->reg[0][ACC_RANGE] = 0x03;
  chip->reg[0][FIFO_CONFIG_1] = 0x10;
}

static double rate_hz(const struct chip *chip) {
  const uint8_t *reg = chip->reg[0];
  int odr = reg[ACC_CONF] & 15;
  if (reg[PMU_STATUS] != 0x14) return 0;
  return odr >= 8 ? 100.0 * (1 << (odr - 8)) : 100.0 / (1 << (8 - odr));
}

static void sample(struct chip *chip, const double accel_g[3], const double gyro_dps[3]) {
  uint8_t *reg = chip->reg[0];
  double accel_steps = reg[ACC_RANGE] == 0x0c ? 2048 : reg[ACC_RANGE] == 0x08 ? 4096 : reg[ACC_RANGE] == 0x05 ? 8192 : 16384;
  double gyro_steps = 16.4 * (1 << (reg[GYR_RANGE] & 7));
  /* A force of 1.2 g one way or the other with the large amplitude (2.8.1). */
  double force = (reg[SELF_TEST] & 3) != 1 || (reg[SELF_TEST] & 8) == 0 ? 0 : reg[SELF_TEST] & 4 ? 1.2 : -1.2;
  for (int axis = 0; axis < 3; axis++) {
    put_little(reg + ACC_X + 2 * axis, (accel_g[axis] + force * answers_test(chip, axis)) * accel_steps);
    put_little(reg + GYR_X + 2 * axis, gyro_dps[axis] * gyro_steps);
  }
  bool gyro_ok = answers_test(chip, 3) * answers_test(chip, 4) * answers_test(chip, 5) > 0;
  reg[STATUS] = reg[SELF_TEST] & 0x10 && gyro_ok ? 0x02 : 0;
  put_little(reg + TEMPERATURE, (25 - 23) * 512);
  if (reg[FIFO_CONFIG_1] == 0xc0) fifo_push(chip, reg + GYR_X, 12);
}

static uint8_t read_register(struct chip *chip, uint8_t at) {
  switch (at) {
    case FIFO_LENGTH_0: chip->latched_count = (uint16_t)chip->fifo_count; return (uint8_t)(chip->latched_count & 0xff);
    case FIFO_LENGTH_1: return (uint8_t)(chip->latched_count >> 8);
    case FIFO_DATA: return fifo_pop(chip);
    default: return chip->reg[0][at];
  }
}

static void write_register(struct chip *chip, uint8_t at, uint8_t value) {
  if (at != CMD) {
    if (at > FIFO_DATA) chip->reg[0][at] = value;
    return;
  }
  if (value == 0xb6) chip_reset(chip);
  else if (value == 0xb0) fifo_clear(chip);
  else if ((value & 0xfc) == 0x10) chip->reg[0][PMU_STATUS] = (uint8_t)((chip->reg[0][PMU_STATUS] & 0x0f) | (value & 3) << 4);
  else if ((value & 0xfc) == 0x14) chip->reg[0][PMU_STATUS] = (uint8_t)((chip->reg[0][PMU_STATUS] & 0x33) | (value & 3) << 2);
}

static uint8_t next(uint8_t at) { return at == FIFO_DATA ? at : next_register(at); }

const struct model bmi160 = {"BMI160", CHIP_ID, 0xd1, 1024, 12, reset, rate_hz, sample, read_register, write_register, next};
