using System.ComponentModel;
using System.Diagnostics;

namespace Ferry.Processes;

/// <summary>Windows has no sessions of this kind and no terminal that signals a whole one: an ordinary child, without a window.</summary>
internal sealed class WindowsChild : IChild
{
    private readonly Process process;

    public WindowsChild(ChildLine line)
    {
        var (input, output, errors) = (line.Input, line.Output, line.Errors);
        var start = new ProcessStartInfo(line.File, line.Arguments.Select(RawArguments.Text))
        {
            WorkingDirectory = line.Folder ?? "",
            UseShellExecute = false,
            RedirectStandardInput = input != ChildStream.Inherit,
            RedirectStandardOutput = output != ChildStream.Inherit,
            RedirectStandardError = errors != ChildStream.Inherit,
        };
        foreach (var (name, value) in line.Variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw Exec.CannotStart(line.File, e.NativeErrorCode);
        }

        Input = input == ChildStream.Inherit ? Stream.Null : Fed(process.StandardInput.BaseStream, input);
        Output = output == ChildStream.Inherit ? Stream.Null : Drained(process.StandardOutput.BaseStream, output);
        Errors = errors == ChildStream.Inherit ? Stream.Null : Drained(process.StandardError.BaseStream, errors);
        End = WaitAsync();
    }

    public int Id => process.Id;

    public Stream Input { get; }

    public Stream Output { get; }

    public Stream Errors { get; }

    public Task<ProcessEnd> End { get; }

    public void Kill(int signal)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public bool SignalGroup(int signal)
    {
        if (signal != 0)
        {
            Kill(signal);
        }

        return !process.HasExited;
    }

    private static Stream Fed(Stream pipe, ChildStream choice)
    {
        if (choice == ChildStream.Pipe)
        {
            return pipe;
        }

        using (pipe)
        {
            if (choice.Path is { } path)
            {
                using var file = File.OpenRead(path);
                file.CopyTo(pipe);
            }
        }

        return Stream.Null;
    }

    private static Stream Drained(Stream pipe, ChildStream choice)
    {
        if (choice == ChildStream.Pipe)
        {
            return pipe;
        }

        var sink = choice.Path is { } path ? new FileStream(path, FileMode.Append) : Stream.Null;
        _ = Task.Run(() =>
        {
            using (sink)
            {
                pipe.CopyTo(sink);
            }
        });
        return Stream.Null;
    }

    private async Task<ProcessEnd> WaitAsync()
    {
        await process.WaitForExitAsync();
        return new(process.ExitCode, 0);
    }
}
