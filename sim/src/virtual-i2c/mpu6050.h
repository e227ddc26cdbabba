/*
 * The registers of an InvenSense MPU-6050 as far as a driver of FIFO bursts sees them.
 * Source: InvenSense RM-MPU-6000A-00 revision 4.2, register map and descriptions; [106] is register 106.
 */
#ifndef FAIRMILE_MPU6050_H
#define FAIRMILE_MPU6050_H

#include <stddef.h>
#include <stdint.h>

#define MPU_FIFO_BYTES 1024u

struct mpu6050 {
  uint8_t reg[128];
  uint8_t fifo[MPU_FIFO_BYTES];
  size_t fifo_start, fifo_count;
  /* FIFO_COUNT as it was when its high byte was read [114]. */
  uint16_t latched_count;
  /* What an empty FIFO gives: the byte before [116]. */
  uint8_t last_byte;
  /* Where the next read starts. */
  uint8_t pointer;
  /* Chip samples owed for feed samples taken. */
  double owed;
};

/* Puts every register to its value after power-up: all 0, but PWR_MGMT_1 0x40 (asleep) and WHO_AM_I 0x68. */
void mpu6050_reset(struct mpu6050 *chip);

/* Takes one sample of the world, `feed_hz` of which come a second; the chip samples at its own configured rate. */
void mpu6050_feel(struct mpu6050 *chip, const float accel[3], const float gyro[3], double feed_hz);

/* A read or write transaction at the register pointer, which moves on, except at FIFO_R_W [116]. */
uint8_t mpu6050_read_next(struct mpu6050 *chip);
void mpu6050_write_next(struct mpu6050 *chip, uint8_t value);

#endif
