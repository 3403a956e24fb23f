namespace Ferry.Linking.Tests;

/// <summary>The platforms of the cases: a case's name ends in its architecture.</summary>
internal static class Platforms
{
    private static readonly (string Architecture, string Target, string Loader)[] Table =
    [
        ("aarch64", "aarch64-unknown-linux-gnu", "/lib/ld-linux-aarch64.so.1"),
        ("armv7", "armv7-unknown-linux-gnueabihf", "/lib/ld-linux-armhf.so.3"),
        ("arm", "arm-unknown-linux-gnueabihf", "/lib/ld-linux-armhf.so.3"),
        ("x86_64", "x86_64-unknown-linux-gnu", "/lib64/ld-linux-x86-64.so.2"),
    ];

    public static LinkPlatform Of(string name)
    {
        var (_, target, loader) = Table.First(row => name.Replace("-1.95", "").EndsWith("-" + row.Architecture, StringComparison.Ordinal));
        return name.StartsWith("musl", StringComparison.Ordinal)
            ? new LinkPlatform { Target = target.Replace("gnu", "musl") }
            : new LinkPlatform
            {
                Target = target,
                Interpreter = loader,
                Sysroot = "/sysroot",
                LibraryFolders = ["/link/lib", "/sysroot/lib"],
                Loader = "/sysroot" + loader,
                ProgramStart = ["/link/start-program.o"],
                StaticStart = ["/link/start-static.o"],
                FixedStart = ["/link/start-fixed.o"],
                SharedStart = ["/link/start-shared.o"],
                Nonshared = ["/link/nonshared.o", "/link/nonshared-stat.o"],
            };
    }
}
