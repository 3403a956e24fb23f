using Ferry.Elf;

namespace Ferry.Devices;

/// <summary>glibc's functions that take or give times, on machines where both widths exist: the plain name has 32 bits, the other one 64 (glibc 2.34, _TIME_BITS).</summary>
internal static class TimeFunctions
{
    private static readonly HashSet<string> Narrow =
    [
        "clock_gettime", "clock_settime", "clock_getres", "clock_nanosleep", "time", "gettimeofday", "settimeofday", "nanosleep", "stat64", "fstat64", "lstat64", "fstatat64",
        "utime", "utimes", "utimensat", "futimens", "select", "pselect", "mktime", "gmtime", "gmtime_r", "localtime", "localtime_r", "ctime", "difftime", "timegm",
        "pthread_cond_timedwait", "sem_timedwait", "getrusage", "wait4", "setitimer", "getitimer", "timerfd_settime", "recvmmsg", "ppoll",
    ];

    private static readonly HashSet<string> WideNames =
    [
        .. Narrow.SelectMany(name => (string[])[$"__{name}64", $"__{name}_time64"]), "__stat64_time64", "__fstat64_time64", "__lstat64_time64", "__fstatat64_time64",
    ];

    /// <summary>Weak ones do not count: Rust's std asks for __clock_gettime64 where it exists, and passes the program's own types all the same.</summary>
    public static int? BitsIn(ElfFile file)
    {
        if (file.Class == ElfClass.Elf64)
        {
            return null;
        }

        var wanted = file.DynamicSymbols.Where(symbol => !symbol.IsDefined && symbol.Binding != ElfSymbolBinding.Weak).Select(symbol => symbol.Name).ToList();
        return wanted.Exists(WideNames.Contains) ? 64 : wanted.Exists(Narrow.Contains) ? 32 : null;
    }
}
