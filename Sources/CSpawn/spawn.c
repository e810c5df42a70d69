#define _GNU_SOURCE
#include "include/nasl_spawn.h"
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

// In the child, which borrows its parent's memory until it becomes the other program: nothing but system calls.
static int become(char *const arguments[], char *const environment[], const int files[3], pid_t parent) {
    setpgid(0, 0);
    const struct sigaction standard = {.sa_handler = SIG_DFL};
    for (int number = 1; number < NSIG; number++) sigaction(number, &standard, 0);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    // The parent may have ended before.
    if (getppid() != parent) return ESRCH;
    for (int file = 0; file < 3; file++) {
        // A file that has its number already would be closed with the rest.
        if (files[file] == file ? fcntl(file, F_SETFD, 0) < 0 : dup2(files[file], file) < 0) return errno;
    }
    execvpe(arguments[0], arguments, environment);
    return errno;
}

int nasl_spawn(char *const arguments[], char *const environment[], int input, int output, int errors, pid_t *process) {
    const int files[3] = {input, output, errors};
    const pid_t parent = getpid();
    volatile int code = 0;
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    // Not `fork`: libraries have work to do then that a process with threads may wait for without end.
    const pid_t child = vfork();
    if (child == 0) {
        code = become(arguments, environment, files, parent);
        _exit(127);
    }
    if (child < 0) code = errno;
    pthread_sigmask(SIG_SETMASK, &before, 0);
    if (child > 0) {
        *process = child;
        // Nobody else waits for what never became a program.
        if (code != 0) waitpid(child, 0, 0);
    }
    return code;
}
