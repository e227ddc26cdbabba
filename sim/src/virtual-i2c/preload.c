/*
 * Preloaded into a program (LD_PRELOAD), answers for /dev/i2c-N as if a simulated chip hung on that bus.
 * FAIRMILE_VIRTUAL_I2C names the feed file; without it every call goes to the system.
 * Caught: what i2c-bus calls through libuv and its own addon: open, ioctl, pread, pwrite, read, write, close.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chip.h"
#include "feed.h"

/* Files open on the bus at once: i2c-bus opens one an address. */
#define MAX_HANDLES 16
/* I2C, and all of SMBus but block reads: what the Pi's adapter can do. */
#define FUNCTIONS 0x0eff0009ul

struct handle {
  int fd;
  ino_t inode;
  uint32_t address;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct handle handles[MAX_HANDLES];
static const struct feed *feed;
static uint64_t taken;
/* Transactions, for a feed without a rate. */
static uint64_t turn;
static struct chip chip;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static void power_up(void) {
  const struct model *model = find_model(feed->model);
  if (model == NULL) {
    fprintf(stderr, "virtual I2C: there is no model %.16s\n", feed->model);
    abort();
  }
  chip_power_up(&chip, model, feed->broken, feed->who_am_i);
}

static bool map_feed(void) {
  const char *path = getenv("FAIRMILE_VIRTUAL_I2C");
  if (feed != NULL) return true;
  if (path == NULL) return false;
  int fd = REAL(open64)(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  void *mapped = mmap(NULL, sizeof(struct feed), PROT_READ, MAP_SHARED, fd, 0);
  REAL(close)(fd);
  if (mapped == MAP_FAILED) return false;
  if (((const struct feed *)mapped)->magic != FEED_MAGIC) {
    fprintf(stderr, "virtual I2C: %s is no feed\n", path);
    munmap(mapped, sizeof(struct feed));
    return false;
  }
  feed = mapped;
  taken = __atomic_load_n(&feed->written, __ATOMIC_ACQUIRE);
  power_up();
  return true;
}

/* A number that the system will not give to anyone else, for /dev/i2c-N; -2 for any other path. */
static int open_bus(const char *path) {
  char device[32];
  if (strncmp(path, "/dev/i2c-", 9) != 0) return -2;
  pthread_mutex_lock(&lock);
  int fd = -2;
  if (map_feed()) {
    snprintf(device, sizeof device, "/dev/i2c-%u", feed->bus);
    struct stat status;
    int place = 0;
    while (place < MAX_HANDLES && handles[place].inode != 0) place++;
    if (strcmp(path, device) != 0) fd = -2;
    else if (place == MAX_HANDLES) {
      errno = EMFILE;
      fd = -1;
    } else if ((fd = memfd_create("virtual-i2c", MFD_CLOEXEC)) >= 0 && fstat(fd, &status) == 0) {
      handles[place] = (struct handle){fd, status.st_ino, 0};
    }
  }
  pthread_mutex_unlock(&lock);
  return fd;
}

/* Without the lock, so that a signal handler that writes to another file can never wait for its own thread. */
static struct handle *find(int fd) {
  for (struct handle *each = handles; each < handles + MAX_HANDLES; each++)
    if (each->inode != 0 && each->fd == fd) return each;
  return NULL;
}

/* The handle of a file, with the lock held; NULL (lock not held) where the file is not ours. */
static struct handle *take(int fd) {
  struct stat status;
  if (find(fd) == NULL) return NULL;
  pthread_mutex_lock(&lock);
  for (struct handle *handle; (handle = find(fd)) != NULL; handle->inode = 0)
    /* Otherwise closed behind our back, as libuv does, and the number given to another file. */
    if (fstat(fd, &status) == 0 && status.st_ino == handle->inode) return handle;
  pthread_mutex_unlock(&lock);
  return NULL;
}

static void feel(uint64_t at, double feed_hz) {
  const struct feed_sample *sample = &feed->ring[at % FEED_SLOTS];
  chip_feel(&chip, sample->accel, sample->gyro, feed_hz);
}

/* Brings the chip up to now; false (EREMOTEIO, as the Pi's driver says) where nobody answers at the address. */
static bool answers(const struct handle *handle) {
  uint64_t written = __atomic_load_n(&feed->written, __ATOMIC_ACQUIRE);
  double rate_hz = chip.model->rate_hz(&chip);
  if (feed->rate_hz == 0 && written > 0 && rate_hz > 0) feel(turn++ % written, rate_hz);
  if (feed->rate_hz == 0) taken = written;
  if (written - taken > FEED_SLOTS / 2) taken = written - FEED_SLOTS / 2;
  for (; taken < written; taken++) feel(taken, feed->rate_hz);
  if (feed->present != 0 && handle->address == feed->address) return true;
  if (feed->present == 0) power_up();
  errno = EREMOTEIO;
  return false;
}

static ssize_t read_bus(const struct handle *handle, uint8_t *to, size_t length) {
  if (!answers(handle)) return -1;
  for (size_t i = 0; i < length; i++) to[i] = chip_read_next(&chip);
  return (ssize_t)length;
}

static ssize_t write_bus(const struct handle *handle, const uint8_t *from, size_t length) {
  if (!answers(handle)) return -1;
  if (length > 0) chip.pointer = from[0] & 0x7f;
  for (size_t i = 1; i < length; i++) chip_write_next(&chip, from[i]);
  return (ssize_t)length;
}

static int smbus(const struct handle *handle, struct i2c_smbus_ioctl_data *call) {
  if (!answers(handle)) return -1;
  bool reads = call->read_write == I2C_SMBUS_READ;
  union i2c_smbus_data *data = call->data;
  uint8_t *bytes = data == NULL ? NULL : &data->byte;
  size_t length = 0;
  switch (call->size) {
    case I2C_SMBUS_QUICK: return 0;
    case I2C_SMBUS_BYTE:
      if (reads) *bytes = chip_read_next(&chip);
      else chip.pointer = call->command & 0x7f;
      return 0;
    case I2C_SMBUS_BYTE_DATA: length = 1; break;
    case I2C_SMBUS_WORD_DATA: length = 2; break; /* Low byte first, both here and on the wire. */
    case I2C_SMBUS_I2C_BLOCK_DATA:
      length = data->block[0];
      bytes = data->block + 1;
      if (length < 1 || length > I2C_SMBUS_BLOCK_MAX) {
        errno = EINVAL;
        return -1;
      }
      break;
    default: errno = EOPNOTSUPP; return -1;
  }
  chip.pointer = call->command & 0x7f;
  for (size_t i = 0; i < length; i++)
    if (reads) bytes[i] = chip_read_next(&chip);
    else chip_write_next(&chip, bytes[i]);
  return 0;
}

static int control(struct handle *handle, unsigned long request, void *argument) {
  switch (request) {
    case I2C_SLAVE:
    case I2C_SLAVE_FORCE: handle->address = (uint32_t)(uintptr_t)argument; return 0;
    case I2C_FUNCS: *(unsigned long *)argument = FUNCTIONS; return 0;
    case I2C_SMBUS: return smbus(handle, argument);
    default: errno = ENOTTY; return -1;
  }
}

static mode_t mode_of(int flags, va_list rest) {
  return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE ? (mode_t)va_arg(rest, unsigned) : 0;
}

#define CATCH_OPEN(name)                               \
  int name(const char *path, int flags, ...) {         \
    va_list rest;                                      \
    va_start(rest, flags);                             \
    mode_t mode = mode_of(flags, rest);                \
    va_end(rest);                                      \
    int fd = open_bus(path);                           \
    return fd != -2 ? fd : REAL(name)(path, flags, mode); \
  }
CATCH_OPEN(open)
CATCH_OPEN(open64)

#define CATCH(result, name, parameters, arguments, ours) \
  result name parameters {                               \
    struct handle *handle = take(fd);                    \
    if (handle == NULL) return REAL(name) arguments;     \
    result value = ours;                                 \
    pthread_mutex_unlock(&lock);                         \
    return value;                                        \
  }
CATCH(ssize_t, read, (int fd, void *to, size_t n), (fd, to, n), read_bus(handle, to, n))
CATCH(ssize_t, pread64, (int fd, void *to, size_t n, off64_t at), (fd, to, n, at), read_bus(handle, to, n))
CATCH(ssize_t, write, (int fd, const void *from, size_t n), (fd, from, n), write_bus(handle, from, n))
CATCH(ssize_t, pwrite64, (int fd, const void *from, size_t n, off64_t at), (fd, from, n, at), write_bus(handle, from, n))

int ioctl(int fd, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  struct handle *handle = take(fd);
  if (handle == NULL) return REAL(ioctl)(fd, request, argument);
  int value = control(handle, request, argument);
  pthread_mutex_unlock(&lock);
  return value;
}

int close(int fd) {
  struct handle *handle = take(fd);
  if (handle != NULL) {
    handle->inode = 0;
    pthread_mutex_unlock(&lock);
  }
  return REAL(close)(fd);
}
