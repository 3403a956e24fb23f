using Ferry.Lab;

namespace Ferry.EndToEnd.BadInput;

/// <summary>
/// What Ferry keeps on the PC was cut short, damaged or removed between two runs: the cache is mended without a word, what the user said
/// is asked for.
/// </summary>
public sealed class DamagedStateTests : IDisposable
{
    private readonly FerryTool ferry = new();
    private readonly CargoProject project;

    public DamagedStateTests()
    {
        project = CargoProject.WithProgram(ferry.Home, "small");
        ferry.Environment["FERRY_DEVICE"] = "emulator";
    }

    private string Cache => Path.Combine(ferry.Home, "ferry", "cache");

    private string Config => Path.Combine(ferry.Home, "ferry", "config");

    public void Dispose() => ferry.Dispose();

    [Fact]
    public void Whatever_of_the_cache_is_damaged_the_next_run_just_works()
    {
        Works();
        foreach (var file in Directory.EnumerateFiles(Cache, "*", SearchOption.AllDirectories).Where(IsOurs).ToList())
        {
            var whole = File.ReadAllBytes(file);
            foreach (var damaged in (byte[]?[])[null, [], whole[..(whole.Length / 2)]])
            {
                Damage(file, damaged);
                Works(file);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("sysroots")]
    [InlineData("links")]
    [InlineData("bin")]
    [InlineData("programs")]
    public void A_folder_of_the_cache_may_be_removed(string folder)
    {
        Works();
        Directory.Delete(Path.Combine(Cache, folder), recursive: true);
        Works(folder);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("not json \u001b[2J")]
    public void A_broken_device_is_named_and_stands_in_nobodys_way(string text)
    {
        var file = Path.Combine(Config, "devices", "pi4.json");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);

        Works();
        var show = ferry.Run("device", "show", "pi4").ShouldExitWith(1);
        show.Errors.ShouldStartWith($"error: cannot read the device 'pi4' from '{file}'\ncause: ");
        show.Errors.ShouldEndWith("help:  ask the device again: ferry device add pi4 [USER@]HOST\n");
        show.Errors.ShouldNotContain('\e');
        ferry.RunIn(project.Folder, "run", "--on", "pi4").ShouldExitWith(125).Errors.ShouldBe(show.Errors);
        ferry.Run("device", "list").ShouldExitWith(0).Errors.ShouldStartWith($"warning: cannot read the device 'pi4' from '{file}'; ask the device again");
        ferry.Run("device", "remove", "pi4").ShouldExitWith(0);
        File.Exists(file).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"defaultDevice\": 7}")]
    [InlineData("{\"defaultDevcie\": \"pi4\"}")]
    public void Broken_settings_are_named_with_their_file(string text)
    {
        var file = Path.Combine(Config, "settings.json");
        Directory.CreateDirectory(Config);
        File.WriteAllText(file, text);

        // They are read when nobody names the device; a run that does without them is not held up.
        Works();
        ferry.Environment["FERRY_DEVICE"] = null;
        var result = ferry.RunIn(project.Folder, "run").ShouldExitWith(125);
        result.Errors.ShouldStartWith($"error: cannot read your settings from '{file}'\ncause: ");
        result.Errors.ShouldEndWith($"help:  mend the file, or do without it: rm '{file}'\n");
        File.Delete(file);
        Works();
    }

    [Fact]
    public void A_cache_that_cannot_be_written_is_the_systems_word_and_no_bug()
    {
        File.WriteAllText(Path.Combine(ferry.Home, "ferry"), "a file, and no folder");
        var result = ferry.RunIn(project.Folder, "run").ShouldExitWith(125);
        result.Errors.ShouldMatch("^error: .*\ncause: .*ferry.*\n");
        result.Errors.ShouldNotContain("bug");
        ferry.RunIn(project.Folder, "build").ShouldExitWith(1);
    }

    /// <summary>Of what there are many alike (libraries, start objects, empty archives) one will do.</summary>
    private static bool IsOurs(string file) =>
        new FileInfo(file).LinkTarget is null && (!file.Contains("/sysroots/", StringComparison.Ordinal) || Path.GetFileName(file) is "sysroot.json" or "libc.so.6")
        && (!file.Contains("/links/", StringComparison.Ordinal) || Path.GetFileName(file) is "link.json" or "start-program.o" or "libdl.a")
        && !file.Contains("/x86_64-", StringComparison.Ordinal);

    private static void Damage(string file, byte[]? content)
    {
        if (content is null)
        {
            File.Delete(file);
        }
        else
        {
            File.WriteAllBytes(file, content);
        }
    }

    private void Works(string? after = null)
    {
        // Linked anew each time, which is what the cache is for.
        File.SetLastWriteTimeUtc(project.PathOf("src/main.rs"), DateTime.UtcNow);
        var result = ferry.RunIn(project.Folder, "run", "-q");
        result.Output.ShouldBe("small runs\n", $"after {after}: {result}");
        result.ExitCode.ShouldBe(0, after);
    }
}
