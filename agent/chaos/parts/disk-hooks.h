/* What a library preloaded between the agent and its disk needs: the real functions, and a look at every file that is opened. Whoever includes
 * this defines `opened`, which is told of each. Define _GNU_SOURCE before. */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { most_files = 1024 };

static int opened(const char *path, int fd);

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static int ends_with(const char *text, const char *end) {
  size_t length = strlen(text), tail = strlen(end);
  return length >= tail && strcmp(text + length - tail, end) == 0;
}

static mode_t mode_of(int flags, va_list list) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0; }

#define OPEN(name)                                     \
  int name(const char *path, int flags, ...) {         \
    int (*next)(const char *, int, ...) = real(#name); \
    va_list list;                                      \
    va_start(list, flags);                             \
    mode_t mode = mode_of(flags, list);                \
    va_end(list);                                      \
    return opened(path, next(path, flags, mode));      \
  }
OPEN(open)
OPEN(open64)
