using System.Text;

namespace Ferry.Processes;

/// <summary>This process' arguments as bytes: those that Main gets have lost whatever is not UTF-8.</summary>
internal static class RawArguments
{
    /// <summary>All of them, the name that we were called by first.</summary>
    public static IReadOnlyList<byte[]> All() =>
        OperatingSystem.IsLinux() ? Split(File.ReadAllBytes("/proc/self/cmdline"))
        : OperatingSystem.IsMacOS() ? OfMac()
        : [.. Environment.GetCommandLineArgs().Select(Encoding.UTF8.GetBytes)];

    /// <summary>An argument as text, for what must be text; letters that are not UTF-8 are lost.</summary>
    public static string Text(byte[] argument) => Encoding.UTF8.GetString(argument);

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>The bytes of what Main got. (Before those may come more than one: a host, an assembly.)</summary>
    public static IReadOnlyList<byte[]> Of(string[] arguments) => [.. All().TakeLast(arguments.Length)];

    /// <summary>proc(5): each argument is ended by a zero byte.</summary>
    internal static List<byte[]> Split(ReadOnlySpan<byte> all)
    {
        var arguments = new List<byte[]>();
        while (all.IndexOf((byte)0) is var end and >= 0)
        {
            arguments.Add(all[..end].ToArray());
            all = all[(end + 1)..];
        }

        return arguments;
    }

    private static unsafe List<byte[]> OfMac()
    {
        var arguments = new List<byte[]>();
        for (var i = 0; i < *Libc.NsGetArgc(); i++)
        {
            arguments.Add(System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated((*Libc.NsGetArgv())[i]).ToArray());
        }

        return arguments;
    }
}
