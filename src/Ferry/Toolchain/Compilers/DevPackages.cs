namespace Ferry.Toolchain.Compilers;

/// <summary>Debian's -dev packages (and so Raspberry Pi OS' and Ubuntu's) of what crates ask for most, by the header that is missed and by the name in pkg-config.</summary>
internal static class DevPackages
{
    private static readonly (string Header, string Package)[] ByHeader =
    [
        ("openssl/", "libssl-dev"), ("zlib.h", "zlib1g-dev"), ("sqlite3.h", "libsqlite3-dev"), ("gpiod.h", "libgpiod-dev"), ("libudev.h", "libudev-dev"),
        ("dbus/", "libdbus-1-dev"), ("alsa/", "libasound2-dev"), ("pcre2.h", "libpcre2-dev"), ("libusb-1.0/", "libusb-1.0-0-dev"), ("libusb.h", "libusb-1.0-0-dev"),
        ("bluetooth/", "libbluetooth-dev"), ("curl/", "libcurl4-openssl-dev"), ("bzlib.h", "libbz2-dev"), ("lzma.h", "liblzma-dev"), ("zstd.h", "libzstd-dev"),
        ("expat.h", "libexpat1-dev"), ("libxml2/", "libxml2-dev"), ("libxml/", "libxml2-dev"), ("ffi.h", "libffi-dev"), ("systemd/", "libsystemd-dev"),
        ("drm/", "libdrm-dev"), ("xf86drm.h", "libdrm-dev"), ("gbm.h", "libgbm-dev"), ("EGL/", "libegl-dev"), ("GLES2/", "libgles-dev"), ("SDL2/", "libsdl2-dev"),
        ("X11/", "libx11-dev"), ("wayland-client.h", "libwayland-dev"), ("xkbcommon/", "libxkbcommon-dev"), ("libinput.h", "libinput-dev"),
        ("jpeglib.h", "libjpeg-dev"), ("png.h", "libpng-dev"), ("ft2build.h", "libfreetype-dev"), ("fontconfig/", "libfontconfig-dev"),
        ("pulse/", "libpulse-dev"), ("sodium.h", "libsodium-dev"), ("postgresql/", "libpq-dev"), ("libpq-fe.h", "libpq-dev"), ("mysql/", "libmariadb-dev"),
        ("mosquitto.h", "libmosquitto-dev"), ("modbus/", "libmodbus-dev"), ("i2c/", "libi2c-dev"), ("readline/", "libreadline-dev"), ("ncurses.h", "libncurses-dev"),
        ("security/", "libpam0g-dev"), ("sys/capability.h", "libcap-dev"), ("pcap.h", "libpcap-dev"), ("pcap/", "libpcap-dev"), ("uuid/", "uuid-dev"),
        ("glib.h", "libglib2.0-dev"), ("gst/", "libgstreamer1.0-dev"), ("linux/", "linux-libc-dev"), ("asm/", "linux-libc-dev"),
    ];

    private static readonly (string Name, string Package)[] ByName =
    [
        ("openssl", "libssl-dev"), ("libssl", "libssl-dev"), ("libcrypto", "libssl-dev"), ("zlib", "zlib1g-dev"), ("sqlite3", "libsqlite3-dev"), ("libgpiod", "libgpiod-dev"),
        ("libudev", "libudev-dev"), ("dbus-1", "libdbus-1-dev"), ("alsa", "libasound2-dev"), ("libpcre2-8", "libpcre2-dev"), ("libusb-1.0", "libusb-1.0-0-dev"),
        ("bluez", "libbluetooth-dev"), ("libcurl", "libcurl4-openssl-dev"), ("bzip2", "libbz2-dev"), ("liblzma", "liblzma-dev"), ("libzstd", "libzstd-dev"),
        ("expat", "libexpat1-dev"), ("libxml-2.0", "libxml2-dev"), ("libffi", "libffi-dev"), ("libsystemd", "libsystemd-dev"), ("libdrm", "libdrm-dev"), ("gbm", "libgbm-dev"),
        ("egl", "libegl-dev"), ("glesv2", "libgles-dev"), ("sdl2", "libsdl2-dev"), ("x11", "libx11-dev"), ("wayland-client", "libwayland-dev"), ("xkbcommon", "libxkbcommon-dev"),
        ("libinput", "libinput-dev"), ("libjpeg", "libjpeg-dev"), ("libpng", "libpng-dev"), ("freetype2", "libfreetype-dev"), ("fontconfig", "libfontconfig-dev"),
        ("libpulse", "libpulse-dev"), ("libsodium", "libsodium-dev"), ("libpq", "libpq-dev"), ("libmosquitto", "libmosquitto-dev"), ("libmodbus", "libmodbus-dev"),
        ("readline", "libreadline-dev"), ("ncurses", "libncurses-dev"), ("libcap", "libcap-dev"), ("libpcap", "libpcap-dev"), ("uuid", "uuid-dev"), ("glib-2.0", "libglib2.0-dev"),
        ("gstreamer-1.0", "libgstreamer1.0-dev"),
    ];

    /// <summary>ISO C's headers and those of POSIX that programs include first; what lies in <c>sys/</c> is the C library's as well.</summary>
    private static readonly string[] OfLibc =
    [
        "assert.h", "complex.h", "ctype.h", "dirent.h", "dlfcn.h", "errno.h", "fcntl.h", "fenv.h", "inttypes.h", "limits.h", "locale.h", "malloc.h", "math.h", "memory.h", "netdb.h",
        "poll.h", "pthread.h", "pwd.h", "sched.h", "semaphore.h", "setjmp.h", "signal.h", "stdint.h", "stdio.h", "stdlib.h", "string.h", "strings.h", "termios.h", "time.h", "unistd.h",
        "wchar.h", "wctype.h", "features.h", "endian.h", "byteswap.h",
    ];

    /// <summary>The package that has a header, or null.</summary>
    public static string? OfHeader(string header) =>
        IsOfLibc(header) ? "libc6-dev"
        : ByHeader.FirstOrDefault(row => row.Header.EndsWith('/') ? header.StartsWith(row.Header, StringComparison.Ordinal) : header == row.Header).Package
            ?? (IsOfCxx(header) ? "libstdc++-12-dev" : null);

    /// <summary>The package that has a .pc file, or null.</summary>
    public static string? OfPcFile(string name) => ByName.FirstOrDefault(row => row.Name == name).Package;

    public static bool IsOfLibc(string header) =>
        OfLibc.Contains(header) || (header is not "sys/capability.h" && (header.StartsWith("sys/", StringComparison.Ordinal) || header.StartsWith("bits/", StringComparison.Ordinal) || header.StartsWith("gnu/", StringComparison.Ordinal)
            || header.StartsWith("arpa/", StringComparison.Ordinal) || header.StartsWith("netinet/", StringComparison.Ordinal) || header.StartsWith("net/", StringComparison.Ordinal)));

    /// <summary>C++'s own headers have neither a dot nor a folder.</summary>
    private static bool IsOfCxx(string header) => header.All(c => char.IsAsciiLetterLower(c) || c == '_') && header.Length > 0;
}
