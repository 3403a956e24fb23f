/* Between a panic and who catches it. */
int through_c(int (*callback)(int), int n) { return callback(n) + 1; }
