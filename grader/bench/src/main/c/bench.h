/* What both programs need: bounded numbers, a clock, an end with a reason. */
#ifndef BENCH_H
#define BENCH_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST_READINGS = 100000, MOST_BATCH = 1000000, SECONDS = 60 };

__attribute__((noreturn)) static inline void fail(const char *what, int error) {
  fprintf(stderr, "%s: %s\n", what, strerror(error));
  exit(EXIT_FAILURE);
}

static inline long number(const char *text, long least, long most) {
  char *end;
  errno = 0;
  long value = strtol(text, &end, 10);
  if (errno != 0 || end == text || *end != '\0' || value < least || value > most) {
    fail(text, ERANGE);
  }
  return value;
}

static inline long long nanos(void) {
  struct timespec now;
  if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) {
    fail("clock_gettime", errno);
  }
  return now.tv_sec * 1000000000LL + now.tv_nsec;
}

/* Prints nanoseconds for one of a batch, a line for each reading; the first `warm` are left out. */
static inline void measure(void (*once)(void), long readings, long batch, long warm) {
  for (long i = -warm; i < readings; i++) {
    long long begin = nanos();
    for (long k = 0; k < batch; k++) {
      once();
    }
    long long end = nanos();
    if (i >= 0 && printf("%.1f\n", (double)(end - begin) / (double)batch) < 0) {
      fail("printf", errno);
    }
  }
  if (fflush(stdout) != 0) {
    fail("fflush", errno);
  }
}

#endif
