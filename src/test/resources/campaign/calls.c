/*
 * Stands before libc in a process: counts the calls by which files come to the disk and to their
 * names, and kills the process at one of them, or has them fail from one on. Without a tracer, a
 * process runs as fast as it would by itself.
 *
 *   WHISKER_CALLS     a file that holds a count of 8 bytes for each call, in the order below
 *   WHISKER_DISTURBS  which call, from which count on, and the error; 0 for a kill
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WRITE, PWRITE, FSYNC, FDATASYNC, RENAME, LINK, FTRUNCATE, UNLINK, MKDIR, RMDIR, CALLS };

static long own[CALLS];
static long *counts = own;
static int which = -1, error;
static long from;

__attribute__((constructor)) static void begin(void) {
  const char *file = getenv("WHISKER_CALLS"), *rule = getenv("WHISKER_DISTURBS");
  int open_file = file ? open(file, O_RDWR) : -1;
  if (open_file >= 0) {
    void *shared = mmap(0, sizeof own, PROT_READ | PROT_WRITE, MAP_SHARED, open_file, 0);
    if (shared != MAP_FAILED) counts = shared;
    close(open_file);
  }
  if (rule) sscanf(rule, "%d %ld %d", &which, &from, &error);
}

/* Counts a call; whether it is to fail. */
static int disturbed(int call) {
  long count = __atomic_add_fetch(&counts[call], 1, __ATOMIC_SEQ_CST);
  if (call != which || count < from) return 0;
  if (error == 0) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
  }
  errno = error;
  return 1;
}

/* What is written to a terminal or a pipe is no file. */
static int is_file(int fd) {
  struct stat status;
  return fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
}

#define STANDS_BEFORE(result, name, call, condition, parameters, arguments) \
  result name parameters {                                                  \
    static result(*real) parameters;                                        \
    if (!real) real = dlsym(RTLD_NEXT, #name);                              \
    return (condition) && disturbed(call) ? -1 : real arguments;            \
  }

STANDS_BEFORE(ssize_t, write, WRITE, is_file(fd), (int fd, const void *bytes, size_t n), (fd, bytes, n))
STANDS_BEFORE(ssize_t, pwrite64, PWRITE, is_file(fd), (int fd, const void *bytes, size_t n, off64_t at), (fd, bytes, n, at))
STANDS_BEFORE(int, fsync, FSYNC, 1, (int fd), (fd))
STANDS_BEFORE(int, fdatasync, FDATASYNC, 1, (int fd), (fd))
STANDS_BEFORE(int, rename, RENAME, 1, (const char *old, const char *new), (old, new))
STANDS_BEFORE(int, link, LINK, 1, (const char *old, const char *new), (old, new))
STANDS_BEFORE(int, ftruncate, FTRUNCATE, 1, (int fd, off_t size), (fd, size))
STANDS_BEFORE(int, ftruncate64, FTRUNCATE, 1, (int fd, off64_t size), (fd, size))
STANDS_BEFORE(int, unlink, UNLINK, 1, (const char *name), (name))
STANDS_BEFORE(int, unlinkat, UNLINK, 1, (int folder, const char *name, int flags), (folder, name, flags))
STANDS_BEFORE(int, remove, UNLINK, 1, (const char *name), (name))
STANDS_BEFORE(int, mkdir, MKDIR, 1, (const char *name, mode_t mode), (name, mode))
STANDS_BEFORE(int, rmdir, RMDIR, 1, (const char *name), (name))
