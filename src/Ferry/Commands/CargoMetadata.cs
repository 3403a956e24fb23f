using System.Text.Json;
using Ferry.Processes;
using Ferry.Settings;
using Ferry.Toolchain;

namespace Ferry.Commands;

/// <summary>Asks cargo what Cargo.toml says to Ferry: so no TOML has to be read here.</summary>
internal static class CargoMetadata
{
    /// <summary>The options of cargo run that decide which Cargo.toml is meant, and how it is read.</summary>
    private static readonly string[] Passed = ["--manifest-path", "--config", "-Z"];

    public static IEnumerable<string> Options(CargoLine line) => Passed.SelectMany(name => line.Values(name).SelectMany(value => new[] { name, value }));

    public static ProjectSettings Settings(RustToolchain rust, CargoLine line)
    {
        if (!ManifestGlance.MayMentionFerry(line, Environment.CurrentDirectory))
        {
            return new ProjectSettings();
        }

        var answer = Tool.Run(rust.Cargo, [.. rust.Prefix, "metadata", "--no-deps", "--format-version", "1", .. Options(line)]);
        if (!answer.Succeeded)
        {
            // No Cargo.toml, or a broken one: cargo itself is about to say so, better than we could.
            return new ProjectSettings();
        }

        try
        {
            return ProjectSettings.Read(answer.Output, Environment.CurrentDirectory, line.Values("-p", "--package").FirstOrDefault());
        }
        catch (JsonException e)
        {
            throw new FerryException("cannot understand what 'cargo metadata' printed", e.Message);
        }
    }
}
