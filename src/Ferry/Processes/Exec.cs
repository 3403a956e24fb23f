using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace Ferry.Processes;

/// <summary>
/// Lets another program take the place of this process: same process id, same streams, its exit code or signal is ours. The environment is libc's
/// (<see cref="NativeEnvironment"/>). Windows has no such thing: there the program is a child, and Ferry ends with its code.
/// </summary>
internal static class Exec
{
    /// <summary>
    /// Returns never. <paramref name="file"/> becomes argv[0] as it stands and is looked for on PATH when it has no slash; <paramref name="arguments"/> are what follows.
    /// Throws <see cref="FerryException"/> with exit 4 when the file is missing, 1 when it is there and cannot be started.
    /// </summary>
    [DoesNotReturn]
    public static void Replace(string file, IReadOnlyList<byte[]> arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            RunAsChild(file, arguments.Select(Encoding.UTF8.GetString));
        }
        else
        {
            ReplaceImage(file, arguments);
        }
    }

    [DoesNotReturn]
    public static void Replace(string file, IReadOnlyList<string> arguments) =>
        Replace(file, [.. arguments.Select(Encoding.UTF8.GetBytes)]);

    [DoesNotReturn]
    [UnsupportedOSPlatform("windows")]
    private static unsafe void ReplaceImage(string file, IReadOnlyList<byte[]> arguments)
    {
        using var path = NativeStrings.Of(file.Contains('/') ? file : Tool.Find(file) ?? file);
        using var argv = new NativeStrings([Encoding.UTF8.GetBytes(file), .. arguments]);
        DiagnosticFiles.Remove();
        // .NET ignores SIGPIPE, and what is ignored stays so through exec: `program | head` would see write errors instead of its end. Handlers
        // turn into the default by themselves; what the user's shell ignores (nohup) stays ignored.
        DefaultSignal.Restore(Libc.Sigpipe);
        _ = Libc.Execv(path.First, argv.Pointers);
        var error = Marshal.GetLastPInvokeError();
        _ = Libc.Signal(Libc.Sigpipe, 1);
        throw CannotStart(file, error);
    }

    [DoesNotReturn]
    private static void RunAsChild(string file, IEnumerable<string> arguments)
    {
        // A Ctrl-C goes to the whole console: the child decides what it means, we wait for its code.
        Console.CancelKeyPress += (_, press) => press.Cancel = true;
        try
        {
            using var child = Process.Start(new ProcessStartInfo(file, arguments) { UseShellExecute = false })!;
            child.WaitForExit();
            Environment.Exit(child.ExitCode);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw CannotStart(file, e.NativeErrorCode);
        }
    }

    /// <summary>ENOENT and ERROR_FILE_NOT_FOUND are both 2.</summary>
    internal static FerryException CannotStart(string file, int error) =>
        new($"cannot start '{file}'", Marshal.GetPInvokeErrorMessage(error),
            error == 2 ? $"is {Path.GetFileName(file)} installed, and on the PATH?" : null,
            error == 2 ? ExitCode.ToolMissing : ExitCode.Failed);
}
