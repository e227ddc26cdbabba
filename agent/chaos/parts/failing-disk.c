/* Preloaded: from the Nth write or flush of the outbox's files on, the disk fails, once or until a file named "healed"
 * is opened. Every second failing write is torn: half of its bytes are there. */
#define _GNU_SOURCE
#include "disk-hooks.h"

#include <errno.h>
#include <stdlib.h>

static char ours[most_files];
static long left, error_number, once_only, failing, torn;

static long number(const char *name) {
  const char *text = getenv(name);
  return text ? atol(text) : 0;
}

__attribute__((constructor)) static void begin(void) {
  left = number("FAIRMILE_DISK_FAIL_AT");
  error_number = number("FAIRMILE_DISK_ERRNO");
  once_only = number("FAIRMILE_DISK_ONCE");
}

static int opened(const char *path, int fd) {
  if (fd < 0 || fd >= most_files) return fd;
  if (ends_with(path, "/healed")) failing = left = 0;
  ours[fd] = strstr(path, "/outbox.sqlite") != NULL && !ends_with(path, "-shm");
  return fd;
}

static int fails(int fd) {
  if (fd < 0 || fd >= most_files || !ours[fd]) return 0;
  if (failing) return 1;
  if (left == 0 || --left > 0) return 0;
  failing = !once_only;
  return 1;
}

#define PWRITE(name, offset_type)                                                          \
  ssize_t name(int fd, const void *bytes, size_t count, offset_type at) {                  \
    ssize_t (*next)(int, const void *, size_t, offset_type) = real(#name);                 \
    if (!fails(fd)) return next(fd, bytes, count, at);                                     \
    if (torn++ % 2 == 0 && next(fd, bytes, count / 2, at) < 0) return -1;                  \
    errno = (int)error_number;                                                             \
    return -1;                                                                             \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *bytes, size_t count) {
  ssize_t (*next)(int, const void *, size_t) = real("write");
  if (!fails(fd)) return next(fd, bytes, count);
  errno = (int)error_number;
  return -1;
}

#define FLUSH(name)                     \
  int name(int fd) {                    \
    int (*next)(int) = real(#name);     \
    if (!fails(fd)) return next(fd);    \
    errno = (int)error_number;          \
    return -1;                          \
  }
FLUSH(fsync)
FLUSH(fdatasync)
