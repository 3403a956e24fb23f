using Ferry.Devices;
using Ferry.Processes;

namespace Ferry.Toolchain;

/// <summary>
/// What <c>--tune</c> adds to cargo's environment, so that the user's own rustflags stay: it goes behind them, into the variable of the place that cargo takes them from.
/// cargo keeps programs that were built with other flags beside these (from 1.85 on), so a run without it finds its own again.
/// </summary>
/// <param name="What">What is built for, for people.</param>
/// <param name="Why">And why.</param>
/// <param name="Variable">The variable; null where there is nothing to add.</param>
/// <param name="Value">Its whole value.</param>
internal sealed record TunedFlags(string What, string Why, string? Variable, string? Value)
{
    private const string Encoded = "CARGO_ENCODED_RUSTFLAGS";
    private const char Between = '\x1f';

    public static TunedFlags For(RustToolchain rust, DeviceRecord device, string triple, IEnumerable<string> configuration)
    {
        var tuning = Targets.Find(triple) is { } target ? Tuning.For(device.Profile, target) : new Tuning { Reason = $"ferry does not know the target {triple}" };
        if (tuning.TargetCpu is not { } cpu)
        {
            return new("no processor in particular", tuning.Reason, null, null);
        }

        if (FeaturesOf(rust, triple, cpu) is not { } features)
        {
            return new("no processor in particular", $"rustc {rust.Version} does not know {cpu}", null, null);
        }

        var flags = tuning.Flags(features);
        var (variable, value) = Place(flags, triple, Environment.GetEnvironmentVariable, () => CargoConfiguration.Ask(rust, triple, configuration));
        return new(string.Join(' ', flags.Where(flag => flag != "-C")), $"{tuning.Reason}; by {variable}", variable, value);
    }

    /// <summary>Where flags go, and what stands there then.</summary>
    internal static (string Variable, string Value) Place(IReadOnlyList<string> flags, string triple, Func<string, string?> variable, Func<CargoConfiguration> configuration)
    {
        if (variable(Encoded) is { } encoded)
        {
            return (Encoded, string.Join(Between, [.. encoded.Length > 0 ? encoded.Split(Between) : [], .. flags]));
        }

        if (variable("RUSTFLAGS") is not null)
        {
            return Behind("RUSTFLAGS");
        }

        var (ofTarget, ofBuild) = (CargoLinking.Variable(triple, "RUSTFLAGS"), "CARGO_BUILD_RUSTFLAGS");
        var user = configuration();
        var build = user.Build || !string.IsNullOrWhiteSpace(variable(ofBuild));
        var target = user.Target || !string.IsNullOrWhiteSpace(variable(ofTarget));
        return target || !build ? Behind(ofTarget)
            : user.Condition is null ? Behind(ofBuild)
            : throw new FerryException(
                "cannot tell which rustflags cargo takes, and so where those of --tune would go",
                $"its configuration has some in [build] and some in [target.'{user.Condition}']",
                "name them in one of the two, or in RUSTFLAGS");

        (string, string) Behind(string name) => (name, $"{variable(name)} {string.Join(' ', flags)}".TrimStart());
    }

    /// <summary>What rustc takes a processor to have; null for one that it does not know.</summary>
    private static HashSet<string>? FeaturesOf(RustToolchain rust, string triple, string cpu)
    {
        const string Feature = "target_feature=\"";
        var known = Tool.Run(rust.Rustc, [.. rust.Prefix, "--print", "target-cpus", "--target", triple]);
        if (!known.Succeeded || !known.Output.Split('\n').Any(line => line.Trim().Split(' ')[0] == cpu))
        {
            return null;
        }

        var answer = Tool.Run(rust.Rustc, [.. rust.Prefix, "--print", "cfg", "--target", triple, "-C", "target-cpu=" + cpu]);
        return answer.Succeeded ? [.. answer.Output.Split('\n').Where(line => line.StartsWith(Feature, StringComparison.Ordinal)).Select(line => line.Trim()[Feature.Length..^1])] : null;
    }
}
