/* Preloaded: from the Nth write or flush of the outbox's files on, the disk fails, once or until a file named "healed"
 * is opened. Every second failing write is torn: half of its bytes are there. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { most_files = 1024 };
static char ours[most_files];
static long left, error_number, once_only, failing, torn;

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

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
  size_t length = strlen(path);
  if (length >= 7 && strcmp(path + length - 7, "/healed") == 0) failing = left = 0;
  ours[fd] = strstr(path, "/outbox.sqlite") != NULL && (length < 4 || strcmp(path + length - 4, "-shm") != 0);
  return fd;
}

static int fails(int fd) {
  if (fd < 0 || fd >= most_files || !ours[fd]) return 0;
  if (failing) return 1;
  if (left == 0 || --left > 0) return 0;
  failing = !once_only;
  return 1;
}

static mode_t mode_of(int flags, va_list list) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0; }

#define OPEN(name)                                             \
  int name(const char *path, int flags, ...) {                 \
    int (*next)(const char *, int, ...) = real(#name);         \
    va_list list;                                              \
    va_start(list, flags);                                     \
    mode_t mode = mode_of(flags, list);                        \
    va_end(list);                                              \
    return opened(path, next(path, flags, mode));              \
  }
OPEN(open)
OPEN(open64)

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
