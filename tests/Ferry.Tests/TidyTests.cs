using System.Text.RegularExpressions;
using Ferry.Lab;

namespace Ferry.Tests;

/// <summary>Tests about the sources: the arrows of docs/architecture.md, and what the pure rooms must not touch.</summary>
public sealed class TidyTests
{
    /// <summary>A room, and the namespaces that it must not use.</summary>
    public static TheoryData<string, string[]> Rooms => new()
    {
        { "src/Ferry.Elf", ["Ferry.Linking", "Ferry.Devices", "Ferry.Commands", "Ferry.Terminal", "Ferry.Remote", "Ferry.Toolchain", "Ferry.Processes", "Ferry.Settings"] },
        { "src/Ferry.Linking", ["Ferry.Devices", "Ferry.Commands", "Ferry.Terminal", "Ferry.Remote", "Ferry.Toolchain", "Ferry.Processes", "Ferry.Settings"] },
        { "src/Ferry.Devices", ["Ferry.Linking", "Ferry.Commands", "Ferry.Terminal", "Ferry.Remote", "Ferry.Toolchain", "Ferry.Processes", "Ferry.Settings"] },
        { "src/Ferry.Delta", ["Ferry.Linking", "Ferry.Devices", "Ferry.Commands", "Ferry.Terminal", "Ferry.Remote", "Ferry.Toolchain", "Ferry.Processes", "Ferry.Settings"] },
        { "src/Ferry/Processes", ["Ferry.Commands", "Ferry.Terminal", "Ferry.Doors", "Ferry.Remote", "Ferry.Toolchain", "Ferry.Packages"] },
        { "src/Ferry/Settings", ["Ferry.Commands", "Ferry.Terminal", "Ferry.Doors", "Ferry.Remote", "Ferry.Toolchain"] },
        { "src/Ferry/Toolchain", ["Ferry.Commands", "Ferry.Terminal", "Ferry.Doors", "Ferry.Debugging", "Ferry.Remote"] },
        { "src/Ferry/Remote", ["Ferry.Commands", "Ferry.Terminal", "Ferry.Doors", "Ferry.Debugging", "Ferry.Packages"] },
        { "src/Ferry/Debugging", ["Ferry.Commands", "Ferry.Terminal", "Ferry.Doors", "Ferry.Packages"] },
        { "src/Ferry/Packages", ["Ferry.Commands", "Ferry.Terminal", "Ferry.Doors", "Ferry.Toolchain"] },
        { "src/Ferry/Terminal", ["Ferry.Commands", "Ferry.Doors", "Ferry.Remote", "Ferry.Toolchain"] },
        { "src/Ferry/Doors", ["Ferry.Commands", "Spectre.Console", "System.CommandLine"] },
    };

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_uses_only_what_the_map_allows(string room, string[] forbidden)
    {
        var found = from file in SourcesIn(room)
                    from line in File.ReadLines(file)
                    where forbidden.Any(name => Regex.IsMatch(line, $@"^\s*using (static )?{Regex.Escape(name)}\b", RegexOptions.None, TimeSpan.FromSeconds(1)))
                    select $"{Path.GetRelativePath(Repository.Root, file)}: {line}";
        found.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src/Ferry.Elf")]
    [InlineData("src/Ferry.Linking")]
    [InlineData("src/Ferry.Devices")]
    [InlineData("src/Ferry.Delta")]
    public void A_pure_room_sees_no_console_process_clock_network_or_file(string room)
    {
        var impure = new Regex(@"\b(Console|Process|File|Directory|Environment|Stopwatch|Socket|HttpClient)\.[A-Z]|\bDateTime(Offset)?\.(Utc)?Now\b", RegexOptions.None, TimeSpan.FromSeconds(1));
        var found = from file in SourcesIn(room)
                    from line in File.ReadLines(file)
                    where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && impure.IsMatch(line)
                    select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}";
        found.ShouldBeEmpty();
    }

    [Fact]
    public void Only_the_processes_room_starts_processes()
    {
        var found = from file in SourcesIn("src/Ferry")
                    where !file.Contains("/Processes/", StringComparison.Ordinal)
                    from line in File.ReadLines(file)
                    where line.Contains("new ProcessStartInfo", StringComparison.Ordinal) || line.Contains(" Process.Start(", StringComparison.Ordinal)
                    select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}";
        found.ShouldBeEmpty();
    }

    [Fact]
    public void No_source_file_has_grown_past_reading()
    {
        var long_ = from file in SourcesIn("src").Concat(SourcesIn("tests"))
                    let lines = File.ReadLines(file).Count()
                    where lines > 300
                    select $"{Path.GetRelativePath(Repository.Root, file)}: {lines} lines";
        long_.ShouldBeEmpty();
    }

    [Fact]
    public void The_map_names_every_folder()
    {
        var map = File.ReadAllText(Repository.PathOf("docs", "architecture.md"));
        var folders = from parent in (string[])["src", "src/Ferry", "src/Ferry/Remote", "tests"]
                      from folder in Directory.EnumerateDirectories(Repository.PathOf(parent))
                      where Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Any()
                      select Path.GetRelativePath(Repository.Root, folder);
        folders.Where(folder => !map.Contains($"`{folder}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_map_names_no_file_that_is_not_there()
    {
        var map = File.ReadAllText(Repository.PathOf("docs", "architecture.md"));
        var named = Regex.Matches(map, @"[\w./-]+\.(cs|rs|sh)\b", RegexOptions.None, TimeSpan.FromSeconds(1)).Select(match => Path.GetFileName(match.Value));
        var there = from folder in (string[])["src", "tests", "device"]
                    from file in Directory.EnumerateFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories)
                    select Path.GetFileName(file);
        named.Except(there).ShouldBeEmpty();
    }

    private static IEnumerable<string> SourcesIn(string room) => Directory.EnumerateFiles(Repository.PathOf(room), "*.cs", SearchOption.AllDirectories);
}
