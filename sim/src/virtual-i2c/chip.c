#include "chip.h"

#include <math.h>
#include <string.h>

static const double g_mps2 = 9.80665;
static const double degrees_of_radian = 57.29577951308232;

static const struct model *const models[] = {&mpu6050,  &mpu6500,    &mpu9250, &icm20948,
                                             &lsm6ds3, &lsm6ds3trc, &lsm6dso, &bmi160};

const struct model *find_model(const char *name) {
  for (size_t i = 0; i < sizeof models / sizeof *models; i++)
    if (strcmp(models[i]->name, name) == 0) return models[i];
  return NULL;
}

void chip_reset(struct chip *chip) {
  memset(chip->reg, 0, sizeof chip->reg);
  chip->bank = 0;
  fifo_clear(chip);
  chip->reg[0][chip->model->id_register] = chip->id;
  chip->model->reset(chip);
}

void chip_power_up(struct chip *chip, const struct model *model, uint32_t broken, uint32_t who_am_i) {
  memset(chip, 0, sizeof *chip);
  chip->model = model;
  chip->broken = broken;
  chip->id = who_am_i > 0xffu ? model->id : (uint8_t)who_am_i;
  chip_reset(chip);
}

void chip_feel(struct chip *chip, const float accel[3], const float gyro[3], double feed_hz) {
  double accel_g[3], gyro_dps[3];
  for (int axis = 0; axis < 3; axis++) {
    accel_g[axis] = accel[axis] / g_mps2;
    gyro_dps[axis] = gyro[axis] * degrees_of_radian;
  }
  for (chip->owed += chip->model->rate_hz(chip) / feed_hz; chip->owed >= 1; chip->owed -= 1)
    chip->model->sample(chip, accel_g, gyro_dps);
}

uint8_t chip_read_next(struct chip *chip) {
  uint8_t value = chip->model->read(chip, chip->pointer);
  chip->pointer = chip->model->next(chip->pointer);
  return value;
}

void chip_write_next(struct chip *chip, uint8_t value) {
  uint8_t reg = chip->pointer;
  if (chip->bank != 0 || reg != chip->model->id_register) chip->model->write(chip, reg, value);
  chip->pointer = chip->model->next(reg);
}

void fifo_push(struct chip *chip, const uint8_t *bytes, size_t length) {
  while (chip->fifo_count + length > chip->model->fifo_bytes) {
    chip->fifo_start = (chip->fifo_start + chip->model->dropped_together) % CHIP_MOST_FIFO;
    chip->fifo_count -= chip->model->dropped_together;
    chip->fifo_out += chip->model->dropped_together;
    chip->overrun = true;
  }
  for (size_t i = 0; i < length; i++) chip->fifo[(chip->fifo_start + chip->fifo_count++) % CHIP_MOST_FIFO] = bytes[i];
}

uint8_t fifo_pop(struct chip *chip) {
  if (chip->fifo_count > 0) {
    chip->last_byte = chip->fifo[chip->fifo_start];
    chip->fifo_start = (chip->fifo_start + 1) % CHIP_MOST_FIFO;
    chip->fifo_count--;
    chip->fifo_out++;
  }
  return chip->last_byte;
}

void fifo_clear(struct chip *chip) {
  chip->fifo_start = chip->fifo_count = chip->fifo_out = 0;
  chip->overrun = false;
  chip->samples = 0;
}

uint16_t to_word(double steps) {
  double limited = steps > 32767 ? 32767 : steps < -32768 ? -32768 : steps;
  return (uint16_t)(int16_t)lround(limited);
}

void put_big(uint8_t *at, double steps) {
  uint16_t word = to_word(steps);
  at[0] = (uint8_t)(word >> 8);
  at[1] = (uint8_t)(word & 0xffu);
}

void put_little(uint8_t *at, double steps) {
  uint16_t word = to_word(steps);
  at[0] = (uint8_t)(word & 0xffu);
  at[1] = (uint8_t)(word >> 8);
}

double answers_test(const struct chip *chip, int axis) { return (chip->broken >> axis) & 1u ? 0 : 1; }

uint8_t next_register(uint8_t reg) { return (reg + 1) & 0x7f; }
