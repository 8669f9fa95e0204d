/*
 * Two sides hand a ball to each other: what a round trip, which is two switches, costs.
 *
 *   pingpong futex|parker|condition|pipe-threads|pipe-processes READINGS BATCH WARM
 *   pingpong pipe-command READINGS BATCH WARM PROGRAM
 *
 * Prints nanoseconds for a round trip, one line for each reading of a batch of round trips. Both
 * sides run where the caller may: pin it. The peers of the subjects of labs.switchcost.
 */
#define _GNU_SOURCE
#include "bench.h"

#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <spawn.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <sys/wait.h>

extern char **environ;

enum { HERE, THERE, OVER };

/* futex: the ball is a word, and who waits sleeps on it. */

static _Atomic int ball = HERE;

static void wait_while(int value) {
  while (atomic_load(&ball) == value) {
    if (syscall(SYS_futex, &ball, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0) < 0 &&
        errno != EAGAIN && errno != EINTR) {
      fail("futex wait", errno);
    }
  }
}

static void put(int value) {
  atomic_store(&ball, value);
  if (syscall(SYS_futex, &ball, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0) < 0) {
    fail("futex wake", errno);
  }
}

static void futex_trip(void) {
  put(THERE);
  wait_while(THERE);
}

static void *futex_partner(void *unused) {
  (void)unused;
  while (true) {
    wait_while(HERE);
    if (atomic_load(&ball) == OVER) {
      return NULL;
    }
    put(HERE);
  }
}

static void futex_over(void) { put(OVER); }

/* parker: as HotSpot parks, by a permit, a mutex and a condition of each thread (os_posix.cpp). */

static void must(int error, const char *what) {
  if (error != 0) {
    fail(what, error);
  }
}

struct parker {
  pthread_mutex_t mutex;
  pthread_cond_t condition;
  _Atomic int permit;
};

static struct parker mine = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};
static struct parker yours = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};

static void park(struct parker *self) {
  if (atomic_exchange(&self->permit, 0) > 0) {
    return;
  }
  must(pthread_mutex_lock(&self->mutex), "lock");
  while (self->permit == 0) {
    must(pthread_cond_wait(&self->condition, &self->mutex), "wait");
  }
  self->permit = 0;
  must(pthread_mutex_unlock(&self->mutex), "unlock");
}

static void unpark(struct parker *other) {
  must(pthread_mutex_lock(&other->mutex), "lock");
  int before = other->permit;
  other->permit = 1;
  must(pthread_mutex_unlock(&other->mutex), "unlock");
  if (before == 0) {
    must(pthread_cond_signal(&other->condition), "signal");
  }
}

static void parker_trip(void) {
  atomic_store(&ball, THERE);
  unpark(&yours);
  while (atomic_load(&ball) == THERE) {
    park(&mine);
  }
}

static void *parker_partner(void *unused) {
  (void)unused;
  while (true) {
    while (atomic_load(&ball) == HERE) {
      park(&yours);
    }
    if (atomic_load(&ball) == OVER) {
      return NULL;
    }
    atomic_store(&ball, HERE);
    unpark(&mine);
  }
}

static void parker_over(void) {
  atomic_store(&ball, OVER);
  unpark(&yours);
}

/* condition: the same under a mutex, as at a monitor. */

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int guarded = HERE;

static void condition_put(int value) {
  guarded = value;
  must(pthread_cond_broadcast(&changed), "broadcast");
}

static void condition_trip(void) {
  must(pthread_mutex_lock(&mutex), "lock");
  condition_put(THERE);
  while (guarded == THERE) {
    must(pthread_cond_wait(&changed, &mutex), "wait");
  }
  must(pthread_mutex_unlock(&mutex), "unlock");
}

static void *condition_partner(void *unused) {
  (void)unused;
  must(pthread_mutex_lock(&mutex), "lock");
  while (guarded != OVER) {
    if (guarded == THERE) {
      condition_put(HERE);
    }
    must(pthread_cond_wait(&changed, &mutex), "wait");
  }
  must(pthread_mutex_unlock(&mutex), "unlock");
  return NULL;
}

static void condition_over(void) {
  must(pthread_mutex_lock(&mutex), "lock");
  condition_put(OVER);
  must(pthread_mutex_unlock(&mutex), "unlock");
}

/* pipes: one there, one back. */

static int there[2];
static int back[2];

static void pipe_send(int to) {
  char byte = 1;
  if (write(to, &byte, 1) != 1) {
    fail("write", errno);
  }
}

/* Whether there was a byte; otherwise the other side is over. */
static bool pipe_receive(int from) {
  char byte;
  ssize_t got = read(from, &byte, 1);
  if (got < 0) {
    fail("read", errno);
  }
  return got == 1;
}

static void pipe_trip(void) {
  pipe_send(there[1]);
  if (!pipe_receive(back[0])) {
    fail("the other side has ended", EPIPE);
  }
}

static void *pipe_partner(void *unused) {
  (void)unused;
  while (pipe_receive(there[0])) {
    pipe_send(back[1]);
  }
  return NULL;
}

static void close_or_fail(int descriptor) {
  if (close(descriptor) != 0) {
    fail("close", errno);
  }
}

static void pipe_over(void) { close_or_fail(there[1]); }

static void open_pipes(void) {
  // A program that is spawned must not keep an end that it was not given.
  if (pipe2(there, O_CLOEXEC) != 0 || pipe2(back, O_CLOEXEC) != 0) {
    fail("pipe", errno);
  }
}

static pid_t fork_partner(void) {
  pid_t child = fork();
  if (child < 0) {
    fail("fork", errno);
  }
  if (child == 0) {
    alarm(SECONDS);
    close_or_fail(there[1]);
    close_or_fail(back[0]);
    pipe_partner(NULL);
    _exit(EXIT_SUCCESS);
  }
  return child;
}

static pid_t spawn_partner(char *program) {
  posix_spawn_file_actions_t actions;
  must(posix_spawn_file_actions_init(&actions), "file actions");
  must(posix_spawn_file_actions_adddup2(&actions, there[0], 0), "file actions");
  must(posix_spawn_file_actions_adddup2(&actions, back[1], 1), "file actions");
  char *const words[] = {program, NULL};
  pid_t child;
  must(posix_spawn(&child, program, &actions, NULL, words, environ), program);
  must(posix_spawn_file_actions_destroy(&actions), "file actions");
  return child;
}

static void await_partner(pid_t child) {
  int status;
  if (waitpid(child, &status, 0) != child) {
    fail("waitpid", errno);
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fail("the other process failed", ECHILD);
  }
}

struct game {
  const char *name;
  void (*trip)(void);
  void *(*partner)(void *);
  void (*over)(void);
};

static const struct game THREADS[] = {
    {"futex", futex_trip, futex_partner, futex_over},
    {"parker", parker_trip, parker_partner, parker_over},
    {"condition", condition_trip, condition_partner, condition_over},
    {"pipe-threads", pipe_trip, pipe_partner, pipe_over},
};

int main(int count, char **words) {
  if (count != 5 && count != 6) {
    fputs("usage: pingpong KIND READINGS BATCH WARM [PROGRAM]\n", stderr);
    return 2;
  }
  long readings = number(words[2], 1, MOST_READINGS);
  long batch = number(words[3], 1, MOST_BATCH);
  long warm = number(words[4], 0, MOST_READINGS);
  alarm(SECONDS);
  open_pipes();
  for (size_t i = 0; count == 5 && i < sizeof THREADS / sizeof *THREADS; i++) {
    const struct game *game = &THREADS[i];
    if (strcmp(words[1], game->name) == 0) {
      pthread_t partner;
      must(pthread_create(&partner, NULL, game->partner, NULL), "pthread_create");
      measure(game->trip, readings, batch, warm);
      game->over();
      must(pthread_join(partner, NULL), "pthread_join");
      return EXIT_SUCCESS;
    }
  }
  bool forked = count == 5 && strcmp(words[1], "pipe-processes") == 0;
  if (!forked && (count != 6 || strcmp(words[1], "pipe-command") != 0)) {
    fail(words[1], EINVAL);
  }
  pid_t child = forked ? fork_partner() : spawn_partner(words[5]);
  close_or_fail(there[0]);
  close_or_fail(back[1]);
  measure(pipe_trip, readings, batch, warm);
  pipe_over();
  await_partner(child);
  return EXIT_SUCCESS;
}
