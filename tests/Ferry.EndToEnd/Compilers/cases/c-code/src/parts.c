// What C code of a device's program does: the C library, errno, floating point, 64-bit arithmetic, threads' variables, and calls back into Rust.
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static _Thread_local int calls;

int parts_calls(void) { return ++calls; }

double parts_root(double x) { return sqrt(x) + 0.5; }

uint64_t parts_divide(uint64_t a, uint64_t b) { return a / b; }

int parts_missing(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 ? 0 : errno;
}

int parts_format(char *into, size_t size) {
    return snprintf(into, size, "%s %d %zu %.2f", "C", PATH_MAX, sizeof(time_t), 2.5);
}

// A panic of the callback unwinds through this frame.
int parts_with(int (*callback)(int), int x) {
    volatile char room[64];
    memset((char *)room, x, sizeof room);
    return callback(room[63]) + 1;
}
