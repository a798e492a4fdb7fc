/* Spawns and reaps a program as often as a line on stdin says, and answers with the nanoseconds. */
#define _GNU_SOURCE
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(int argc, char **argv) {
  char *child[] = {argv[1], NULL};
  int times;
  while (argc > 1 && scanf("%d", &times) == 1) {
    long long begin = now();
    for (int i = 0; i < times; i++) {
      posix_spawnattr_t attributes;
      sigset_t none, all;
      pid_t pid;
      int status;
      posix_spawnattr_init(&attributes);
      sigemptyset(&none);
      sigfillset(&all);
      posix_spawnattr_setsigmask(&attributes, &none);
      posix_spawnattr_setsigdefault(&attributes, &all);
      posix_spawnattr_setflags(
          &attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
      int error = posix_spawn(&pid, argv[1], NULL, &attributes, child, environ);
      if (error != 0) {
        fprintf(stderr, "posix_spawn: %s\n", strerror(error));
        return 1;
      }
      if (waitpid(pid, &status, 0) != pid || status != 0) {
        fprintf(stderr, "status %d\n", status);
        return 1;
      }
      posix_spawnattr_destroy(&attributes);
    }
    printf("%lld\n", now() - begin);
    fflush(stdout);
  }
  return 0;
}
