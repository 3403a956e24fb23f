using System.Text;
using Ferry.Devices;
using Ferry.Processes;
using Ferry.Settings;
using Ferry.Terminal;
using Ferry.Toolchain;

namespace Ferry.Commands;

/// <summary>What <c>ferry run</c> and <c>ferry build</c> are going to do: which device, which target, which libraries, which cargo line.</summary>
internal sealed record CargoPlan
{
    public required CargoLine Line { get; init; }

    public required RustToolchain Rust { get; init; }

    public required ProjectSettings Project { get; init; }

    public required Setting<DeviceRecord> Device { get; init; }

    public required Setting<string> Target { get; init; }

    /// <summary>The glibc that the program must run with; null for that of the device whose libraries are taken.</summary>
    public Setting<Version>? Glibc { get; init; }

    /// <summary>What <c>--env</c> and Cargo.toml set for the program.</summary>
    public required IReadOnlyDictionary<string, string> Variables { get; init; }

    /// <summary>What rustc is told besides, for the device's very processor; null where that was not asked for.</summary>
    public TunedFlags? Tuned { get; init; }

    /// <summary>When a program is killed that still runs; null for never.</summary>
    public Setting<TimeSpan>? Timeout { get; init; }

    public static CargoPlan Make(CargoLine line)
    {
        var rust = RustToolchain.Find(line.Toolchain?[1..]);
        var project = CargoMetadata.Settings(rust, line);
        var timeout = line.Timeout is { } typed ? new Setting<TimeSpan>(TimeLimit.Parse(typed, "--timeout"), "--timeout") : project.Timeout;
        var variables = ProgramVariables.Of(project.Environment, line.Environment);
        var device = DeviceChoice.For(line.Device, project);
        var target = TargetSetting.For(line, project, device.Value);
        var glibc = GlibcChoice.For(line.Glibc, project.Glibc, target.Value);
        var tuned = line.Tune ? TunedFlags.For(rust, device.Value, target.Value, line.Values("--config")) : null;
        return new CargoPlan { Line = line, Rust = rust, Project = project, Device = device, Target = target, Glibc = glibc, Variables = variables, Timeout = timeout, Tuned = tuned };
    }

    /// <summary>Shows all of it and does nothing.</summary>
    public int Print()
    {
        Tables.Print(["WHAT", "VALUE", "WHY"], PlanTable.Of(this).Select(row => new[] { row.What, row.Value, row.Why }));
        return ExitCode.Done;
    }

    /// <summary>Gets what is missing, and becomes cargo, which becomes the program.</summary>
    public int Run()
    {
        var memory = RememberedPlan.FileOfThis();
        var (link, variables) = Prepare();
        RememberedPlan.Keep(memory, this, link.Root, variables);
        Enter(variables);
        Exec.Replace(Rust.Cargo, CargoWords());
        return ExitCode.Failed;
    }

    /// <summary>Gets what is missing, lets cargo build, and holds what was built against the device.</summary>
    public int Build()
    {
        Enter(Ready());
        var words = CargoWords().Select(RawArguments.Text).ToList();
        var end = Foreground.Run(Rust.Cargo, words);
        var asksForMessages = Line.CargoArguments.Any(word => word.StartsWith("--message-format", StringComparison.Ordinal));
        return end.Code != 0 || asksForMessages ? end.Code : BuildCheck.Of(Device.Value, Rust, Target.Value, words);
    }

    /// <summary>Gets what is missing, and says what cargo's environment must hold.</summary>
    public IReadOnlyDictionary<string, string?> Ready() => Prepare().Variables;

    private (LinkFolder Link, IReadOnlyDictionary<string, string?> Variables) Prepare()
    {
        if (Device.Origin == NamedDevice.NoneAdded)
        {
            Status.Note($"running on the emulator ({Device.Origin}); to use a board: ferry device add NAME [USER@]HOST");
        }

        DocTests.TellIfLeftOut(this);
        StandardLibrary.Ensure(Rust, Target.Value, Line.Yes);
        var link = LinkLibraries.Link(Rust, Device.Value, Target.Value, Glibc?.Value);
        var variables = Environment(link);
        if (Status.Verbose)
        {
            Tell();
        }

        return (link, variables);
    }

    private static void Enter(IReadOnlyDictionary<string, string?> variables)
    {
        foreach (var (name, value) in variables)
        {
            NativeEnvironment.Set(name, value!);
        }
    }

    // While the variables are the user's own: the plan says which of them count.
    private void Tell()
    {
        foreach (var row in PlanTable.Of(this))
        {
            Status.Detail(row.What, row.Why.Length > 0 ? $"{row.Value} ({row.Why})" : row.Value);
        }
    }

    public RunOptions Options => new()
    {
        Device = Device.Value.Name,
        Environment = Variables,
        Folder = Line.Folder ?? Project.Folder?.Value,
        Target = Target.Value,
        Timeout = Timeout?.Value,
        Beside = Line.Beside,
        Untraced = Line.Untraced,
        Verbose = Status.Verbose,
        Quiet = Status.Quiet,
    };

    private Dictionary<string, string?> Environment(LinkFolder link)
    {
        var runner = RunnerFile.Place();
        var variables = new Dictionary<string, string?>(CargoLinking.Environment(Rust, link, runner, CargoLinking.HasCompiler)) { [RunOptions.Variable] = Options.ToText() };
        if (Project.AllowNewerCode.Count > 0)
        {
            variables[NewerCode.Variable] = string.Join(',', Project.AllowNewerCode);
        }

        if (Tuned is { Variable: { } place })
        {
            variables[place] = Tuned.Value;
        }

        if (Line.Verb == CargoCommand.Name)
        {
            // cargo's commands do not all take --target, nor in the same place; an explicit one goes before the variable.
            variables["CARGO_BUILD_TARGET"] = Target.Value;
        }

        return variables;
    }

    public List<byte[]> CargoWords()
    {
        if (Line.Verb == CargoCommand.Name)
        {
            return [.. Rust.Prefix.Concat(Line.CargoArguments.Where(word => word != Line.Toolchain)).Select(Encoding.UTF8.GetBytes), .. Line.ProgramArguments];
        }

        List<byte[]> words = [.. WordsFor(Line.Verb).Select(Encoding.UTF8.GetBytes)];
        if (Line.ProgramArguments.Count > 0)
        {
            words.Add([.. "--"u8]);
            words.AddRange(Line.ProgramArguments);
        }

        return words;
    }

    /// <summary>cargo's line to build what the verb would run, and to run nothing.</summary>
    public IReadOnlyList<string> BuildWords() => Line.Verb switch
    {
        "run" => [.. WordsFor("build"), .. Line.Values("--bin", "--example").Any() ? Array.Empty<string>() : ["--bins"]],
        "build" => [.. WordsFor("build")],
        var verb => [.. WordsFor(verb), .. Line.CargoArguments.Contains("--no-run") ? Array.Empty<string>() : ["--no-run"]],
    };

    private IEnumerable<string> WordsFor(string verb)
    {
        string[] target = Line.Values("--target").Any() ? [] : ["--target", Target.Value];
        return [.. Rust.Prefix, verb, .. target, .. Line.CargoArguments.Where(word => word != Line.Toolchain)];
    }
}
