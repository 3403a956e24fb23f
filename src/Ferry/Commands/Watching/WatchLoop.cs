using System.Diagnostics;
using System.Text;
using Ferry.Commands.Many;
using Ferry.Processes;
using Ferry.Terminal;

namespace Ferry.Commands.Watching;

/// <summary>
/// Build, end the old program, start the new one, wait for a change; until a signal ends it. What fails (a build, a program, a device, a Cargo.toml) is told,
/// and waits for a change like everything else. The old program runs while the new one is built.
/// </summary>
internal sealed class WatchLoop(CargoLine line, bool poll, bool clear) : IDisposable
{
    /// <summary>A file that an editor is about to put back must not look like one that was removed.</summary>
    private static readonly TimeSpan ToComeBack = TimeSpan.FromMilliseconds(250);

    private readonly ChangeAlarm alarm = new(poll);
    private readonly Interruption interruption = new();
    private List<FleetDevice> devices = [];
    private IReadOnlyList<FleetBuild> builds = [];
    private WatchedProgram? program;

    public int Run()
    {
        Plan();
        var sources = WatchedSources.Of(builds[0].Plan, null);
        var lookedAt = sources.Files();
        var states = FileStates.Take(lookedAt);
        try
        {
            for (IReadOnlyList<string> changes = []; ; changes = Changes(sources, ref states, ref lookedAt))
            {
                Round(changes);
                interruption.Token.ThrowIfCancellationRequested();
                sources = changes is [] || changes.Any(IsManifest) ? WatchedSources.Of(builds[0].Plan, sources) : sources;
                sources.Refresh();
                var files = sources.Files();
                states = states.With(files, lookedAt, sources.IsWrittenByCargo);
                lookedAt = files;
                alarm.Cover(sources.Folders, files.Select(file => Path.GetDirectoryName(file)!));
                if (changes is [])
                {
                    Status.Say("Watching", $"{lookedAt.Count(states.Has)} files of {sources.Packages} package{(sources.Packages == 1 ? "" : "s")}; Ctrl-C ends it");
                }
            }
        }
        catch (OperationCanceledException)
        {
            program?.WaitForEnd();
            program = null;
            return interruption.ExitCode;
        }
        finally
        {
            // Nobody reads what we say, or a bug: the program does not go on without us.
            program?.End();
        }
    }

    public void Dispose()
    {
        interruption.Dispose();
        alarm.Dispose();
    }

    private void Plan()
    {
        devices = FleetVerb.Plan(line);
        var rounds = FleetBuild.Rounds(devices.Where(device => device.Plan is not null));
        builds = rounds is [var all, ..] ? all : throw new FerryException("none of the devices answers", exit: ExitCode.DeviceUnreachable);
    }

    private IReadOnlyList<string> Changes(WatchedSources sources, ref FileStates states, ref IReadOnlySet<string> lookedAt)
    {
        while (true)
        {
            alarm.Wait(interruption.Token);
            var files = sources.Files();
            var now = FileStates.Take(files, states);
            var changes = now.ChangesSince(states);
            if (changes.Any(file => !now.Has(file)) && !interruption.Token.WaitHandle.WaitOne(ToComeBack))
            {
                files = sources.Files();
                now = FileStates.Take(files, states);
                changes = now.ChangesSince(states);
            }

            (states, lookedAt) = (now, files);
            if (changes.Count > 0)
            {
                return changes;
            }
        }
    }

    private void Round(IReadOnlyList<string> changes)
    {
        try
        {
            Announce(changes);
            if (changes.Any(IsManifest))
            {
                Plan();
            }

            var clock = Stopwatch.StartNew();
            if (builds.Any(build => build.Make(interruption, saysFor: devices.Count > 1) != 0))
            {
                interruption.Token.ThrowIfCancellationRequested();
                Status.Say("Not built", $"after {Durations.Text(clock.Elapsed)}; {(program is { Runs: true } ? "the program from before still runs; " : "")}waiting for a change");
                return;
            }

            Status.Say("Built", $"in {Durations.Text(clock.Elapsed)}");
            program?.End();
            program = null;
            interruption.Token.ThrowIfCancellationRequested();
            program = Start();
        }
        catch (FerryException e) when (changes is not [] || e.Exit == ExitCode.DeviceUnreachable)
        {
            // With nothing to run yet, whatever is wrong with the line ends it; later it is the project that is wrong.
            Errors.Print(e);
            Status.Say("Waiting", "for a change");
        }
    }

    private void Announce(IReadOnlyList<string> changes)
    {
        if (changes is [])
        {
            return;
        }

        if (clear && Status.OnTerminal)
        {
            Page.Messages.Write("\e[2J\e[3J\e[H");
        }

        var named = string.Join(", ", changes.Take(3).Select(file => Path.GetRelativePath(Environment.CurrentDirectory, file)));
        Page.Messages.WriteLine();
        Status.Say("Changed", named + (changes.Count > 3 ? $" and {changes.Count - 3} more" : ""));
    }

    /// <summary>Connects here, where ssh can ask on the terminal; the program's own session has none.</summary>
    private WatchedProgram? Start()
    {
        var asked = devices.Where(device => device.Plan is not null).Select(device => device with { Result = null }).ToList();
        if (!FleetVerb.Connect(asked))
        {
            throw new OperationCanceledException();
        }

        if (asked.All(device => device.Result is not null))
        {
            Status.Say("Waiting", "for a change");
            return null;
        }

        return line.Devices.Count > 1 ? WatchedProgram.Start(Words(), interruption) : WatchedProgram.Start(builds[0].Plan, builds[0].Variables, interruption);
    }

    private List<byte[]> Words()
    {
        List<byte[]> words = [.. line.Words.Concat(["--on", string.Join(',', line.Devices)]).Select(Encoding.UTF8.GetBytes)];
        return line.ProgramArguments.Count > 0 ? [.. words, [.. "--"u8], .. line.ProgramArguments] : words;
    }

    private static bool IsManifest(string file) => Path.GetFileName(file) is "Cargo.toml" or "config.toml" or "config" or "rust-toolchain.toml" or "rust-toolchain";
}
