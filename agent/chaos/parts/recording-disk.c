/* Preloaded: logs what is written to the outbox's database and write-ahead log, when each is flushed, and what is said
 * on stdout, all in their order. An entry is kind, file, offset and length as 64-bit numbers, then the bytes written. */
#define _GNU_SOURCE
#include "disk-hooks.h"

#include <stdint.h>
#include <stdlib.h>

enum { database = 1, write_ahead_log = 2, standard_output = 3 };
enum { written = 1, flushed = 2, cut = 3 };
static char file_of[most_files];
static int log_file = -1;

static void note(int kind, int file, int64_t at, const void *bytes, int64_t count) {
  ssize_t (*next)(int, const void *, size_t) = real("write");
  int64_t entry[4] = {kind, file, at, count};
  if (next(log_file, entry, sizeof entry) < 0) abort();
  if (kind == written && next(log_file, bytes, (size_t)count) != count) abort();
}

static int known(int fd) { return log_file >= 0 && fd >= 0 && fd < most_files ? file_of[fd] : 0; }

__attribute__((constructor)) static void begin(void) {
  int (*next)(const char *, int, ...) = real("open");
  const char *path = getenv("FAIRMILE_DISK_LOG");
  if (path) log_file = next(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  file_of[1] = standard_output;
}

static int opened(const char *path, int fd) {
  if (fd < 0 || fd >= most_files) return fd;
  file_of[fd] = ends_with(path, "/outbox.sqlite") ? database : ends_with(path, "/outbox.sqlite-wal") ? write_ahead_log : 0;
  return fd;
}

#define PWRITE(name, offset_type)                                              \
  ssize_t name(int fd, const void *bytes, size_t count, offset_type at) {      \
    ssize_t (*next)(int, const void *, size_t, offset_type) = real(#name);     \
    ssize_t done = next(fd, bytes, count, at);                                 \
    if (done > 0 && known(fd)) note(written, known(fd), at, bytes, done);      \
    return done;                                                               \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t write(int fd, const void *bytes, size_t count) {
  ssize_t (*next)(int, const void *, size_t) = real("write");
  ssize_t done = next(fd, bytes, count);
  if (done > 0 && known(fd)) note(written, known(fd), -1, bytes, done);
  return done;
}

#define FLUSH(name)                                              \
  int name(int fd) {                                             \
    int (*next)(int) = real(#name);                              \
    int result = next(fd);                                       \
    if (result == 0 && known(fd)) note(flushed, known(fd), 0, NULL, 0); \
    return result;                                               \
  }
FLUSH(fsync)
FLUSH(fdatasync)

#define TRUNCATE(name, offset_type)                                \
  int name(int fd, offset_type length) {                           \
    int (*next)(int, offset_type) = real(#name);                   \
    int result = next(fd, length);                                 \
    if (result == 0 && known(fd)) note(cut, known(fd), length, NULL, 0); \
    return result;                                                 \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
