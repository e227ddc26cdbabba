/* ST's LSM6DS3 (DocID026899 revision 8), LSM6DS3TR-C (as LSM6DSL, DocID028475 revision 7) and LSM6DSO (DS12140 revision 2). */
#include <string.h>

#include "chip.h"

enum {
  DS3_FIFO_CTRL3 = 0x08,
  DSO_FIFO_CTRL3 = 0x09,
  /* FIFO_CTRL5 of the LSM6DS3, FIFO_CTRL4 of the LSM6DSO: the mode in bits 2 to 0 in both. */
  FIFO_MODE = 0x0a,
  WHO_AM_I = 0x0f,
  CTRL1_XL = 0x10,
  CTRL2_G = 0x11,
  CTRL3_C = 0x12,
  CTRL5_C = 0x14,
  OUT_TEMP_L = 0x20,
  OUTX_L_G = 0x22,
  OUTX_L_XL = 0x28,
  FIFO_STATUS1 = 0x3a,
  FIFO_STATUS2 = 0x3b,
  FIFO_STATUS3 = 0x3c,
  DS3_FIFO_DATA_OUT_L = 0x3e,
  DS3_FIFO_DATA_OUT_H = 0x3f,
  DSO_FIFO_DATA_OUT_TAG = 0x78,
  DSO_FIFO_DATA_OUT_Z_H = 0x7e
};

/* mg and mdps a step by the bits of the range. */
static const double accel_mg[4] = {0.061, 0.488, 0.122, 0.244}, gyro_mdps[4] = {8.75, 17.5, 35, 70};

static bool is_dso(const struct chip *chip) { return chip->model == &lsm6dso; }

static void reset(struct chip *chip) { chip->reg[0][CTRL3_C] = 0x04; }

/* 26, 52, 104 … Hz. */
static double rate_hz(const struct chip *chip) {
  int odr = chip->reg[0][CTRL2_G] >> 4;
  return odr == 0 ? 0 : 6.5 * (1 << odr);
}

static void fill_fifo(struct chip *chip) {
  uint8_t *reg = chip->reg[0], entry[14];
  if ((reg[FIFO_MODE] & 7) != 6) return;
  chip->samples++;
  if (!is_dso(chip)) {
    if (reg[DS3_FIFO_CTRL3] != 0x09) return;
    memcpy(entry, reg + OUTX_L_G, 12);
    /* The first sample after the mode has changed means nothing (5.5). */
    if (chip->samples == 1) memset(entry, 0x7f, 12);
    fifo_push(chip, entry, 12);
    return;
  }
  if (reg[DSO_FIFO_CTRL3] != 0x44) return;
  uint8_t slot = (uint8_t)((chip->samples & 3) << 1);
  entry[0] = (uint8_t)(1 << 3 | slot);
  memcpy(entry + 1, reg + OUTX_L_G, 6);
  entry[7] = (uint8_t)(2 << 3 | slot);
  memcpy(entry + 8, reg + OUTX_L_XL, 6);
  /* The accelerometer starts before the gyroscope. */
  if (chip->samples > 1) fifo_push(chip, entry, 7);
  fifo_push(chip, entry + 7, 7);
}

static void sample(struct chip *chip, const double accel_g[3], const double gyro_dps[3]) {
  uint8_t *reg = chip->reg[0];
  bool accel_test = (reg[CTRL5_C] & 3) == 1, gyro_test = ((reg[CTRL5_C] >> 2) & 3) == 1;
  for (int axis = 0; axis < 3; axis++) {
    double accel = accel_g[axis] + (accel_test ? 0.5 * answers_test(chip, axis) : 0);
    double gyro = gyro_dps[axis] + (gyro_test ? 300 * answers_test(chip, axis + 3) : 0);
    put_little(reg + OUTX_L_XL + 2 * axis, accel * 1000 / accel_mg[(reg[CTRL1_XL] >> 2) & 3]);
    put_little(reg + OUTX_L_G + 2 * axis, gyro * 1000 / gyro_mdps[(reg[CTRL2_G] >> 2) & 3]);
  }
  /* 25 °C is 0. */
  put_little(reg + OUT_TEMP_L, 0);
  fill_fifo(chip);
}

static uint8_t read_register(struct chip *chip, uint8_t at) {
  size_t level = is_dso(chip) ? chip->fifo_count / 7 : chip->fifo_count / 2;
  switch (at) {
    case FIFO_STATUS1: chip->latched_count = (uint16_t)level; return (uint8_t)(level & 0xff);
    case FIFO_STATUS2:
      return (uint8_t)((chip->latched_count >> 8) | (chip->overrun ? (is_dso(chip) ? 0x48 : 0x40) : 0));
    /* The word of a sample that comes next. */
    case FIFO_STATUS3: return is_dso(chip) ? 0 : (uint8_t)(chip->fifo_out / 2 % 6);
    default: break;
  }
  bool is_port = is_dso(chip) ? at >= DSO_FIFO_DATA_OUT_TAG && at <= DSO_FIFO_DATA_OUT_Z_H
                              : at == DS3_FIFO_DATA_OUT_L || at == DS3_FIFO_DATA_OUT_H;
  return is_port ? fifo_pop(chip) : chip->reg[0][at];
}

static void write_register(struct chip *chip, uint8_t at, uint8_t value) {
  if (at >= OUT_TEMP_L && at < DS3_FIFO_DATA_OUT_H) return;
  if (at == CTRL3_C && (value & 1)) {
    chip_reset(chip);
    return;
  }
  if (at == FIFO_MODE && (value & 7) == 0) fifo_clear(chip);
  chip->reg[0][at] = value;
}

static uint8_t next_ds3(uint8_t at) { return at == DS3_FIFO_DATA_OUT_H ? DS3_FIFO_DATA_OUT_L : next_register(at); }

static uint8_t next_dso(uint8_t at) { return at == DSO_FIFO_DATA_OUT_Z_H ? DSO_FIFO_DATA_OUT_TAG : next_register(at); }

const struct model lsm6ds3 = {"LSM6DS3", WHO_AM_I, 0x69, 8192, 2, reset, rate_hz, sample, read_register, write_register, next_ds3};
const struct model lsm6ds3trc = {"LSM6DS3TR-C", WHO_AM_I,      0x6a,           4094, 2, reset, rate_hz,
                                 sample,        read_register, write_register, next_ds3};
const struct model lsm6dso = {"LSM6DSO", WHO_AM_I,      0x6c,           511 * 7, 7, reset, rate_hz,
                              sample,    read_register, write_register, next_dso};
