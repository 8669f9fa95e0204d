/*
 * What it costs to make something and to wait for its end.
 *
 *   create thread|fork READINGS BATCH WARM
 *   create spawn READINGS BATCH WARM PROGRAM [ARGUMENT...]
 *
 * Prints nanoseconds for one, a line for each reading of a batch. A spawned program reads from and
 * writes to nothing. The peers of the subjects of labs.creationcost.
 */
#define _GNU_SOURCE
#include "bench.h"

#include <fcntl.h>
#include <pthread.h>
#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

static char **command;

static void must(int error, const char *what) {
  if (error != 0) {
    fail(what, error);
  }
}

static void await(pid_t child) {
  int status;
  if (waitpid(child, &status, 0) != child) {
    fail("waitpid", errno);
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fail("a child failed", ECHILD);
  }
}

static void *nothing(void *unused) { return unused; }

static void thread(void) {
  pthread_t made;
  must(pthread_create(&made, NULL, nothing, NULL), "pthread_create");
  must(pthread_join(made, NULL), "pthread_join");
}

static void forked(void) {
  pid_t child = fork();
  if (child < 0) {
    fail("fork", errno);
  }
  if (child == 0) {
    _exit(EXIT_SUCCESS);
  }
  await(child);
}

static void spawned(void) {
  posix_spawn_file_actions_t actions;
  must(posix_spawn_file_actions_init(&actions), "file actions");
  must(posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0), "file actions");
  must(posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0), "file actions");
  must(posix_spawn_file_actions_adddup2(&actions, 1, 2), "file actions");
  pid_t child;
  must(posix_spawn(&child, command[0], &actions, NULL, command, environ), command[0]);
  must(posix_spawn_file_actions_destroy(&actions), "file actions");
  await(child);
}

int main(int count, char **words) {
  if (count < 5) {
    fputs("usage: create KIND READINGS BATCH WARM [PROGRAM ARGUMENT...]\n", stderr);
    return 2;
  }
  long readings = number(words[2], 1, MOST_READINGS);
  long batch = number(words[3], 1, MOST_BATCH);
  long warm = number(words[4], 0, MOST_READINGS);
  alarm(SECONDS);
  if (strcmp(words[1], "thread") == 0) {
    measure(thread, readings, batch, warm);
  } else if (strcmp(words[1], "fork") == 0) {
    measure(forked, readings, batch, warm);
  } else if (strcmp(words[1], "spawn") == 0 && count > 5) {
    command = words + 5;
    measure(spawned, readings, batch, warm);
  } else {
    fail(words[1], EINVAL);
  }
  return EXIT_SUCCESS;
}
