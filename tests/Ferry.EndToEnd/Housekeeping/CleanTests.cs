using System.Runtime.Versioning;
using System.Text.Json;
using Ferry.EndToEnd.BadInput;
using Ferry.Lab;

namespace Ferry.EndToEnd.Housekeeping;

/// <summary><c>ferry clean</c> as it is typed.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class CleanTests(LoopbackDevice lab) : IClassFixture<LoopbackDevice>
{
    private FerryTool Ferry => lab.Ferry;

    private string Cache => Path.Combine(Ferry.Home, "ferry", "cache");

    [Fact]
    public void What_nobody_has_used_for_a_week_goes_on_the_device_and_here()
    {
        var device = Used("week");
        device.Age(days: 8);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Cache, "sent"), "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-8));
        }

        var result = Ferry.Run("clean", "--on", "week").ShouldExitWith(0);

        result.Output.ShouldMatch(@"(?m)^WHERE +WHAT +KEPT +REMOVED *$");
        result.Output.ShouldMatch(@"(?m)^week +programs +- +1, .*B *$");
        result.Output.ShouldMatch(@"(?m)^week +agents +1, [0-9]+ kB +- *$");
        result.Output.ShouldMatch(@"(?m)^this PC +sent versions +- +1, .*B *$");
        result.Errors.ShouldMatch(@"(?m)^ +Freed .*B on 'week', .*B are kept; .*B of .*B are free there$");
        result.Errors.ShouldMatch(@"(?m)^ +Freed .*B on this PC, .*B are kept$");
        Directory.EnumerateFileSystemEntries(device.Store).ShouldBeEmpty();
        Run("week").Errors.ShouldNotContain("Compiling");
    }

    [Fact]
    public void A_dry_run_says_what_would_go_and_changes_nothing()
    {
        var device = Used("dry");
        device.Age(days: 8);

        var result = Ferry.Run("clean", "--on", "dry", "--dry-run").ShouldExitWith(0);

        result.Output.ShouldMatch(@"(?m)^dry +programs +- +1, ");
        result.Output.ShouldContain("WOULD GO");
        result.Errors.ShouldContain("Would free ");
        Directory.EnumerateDirectories(device.Store).ShouldHaveSingleItem();
    }

    [Fact]
    public void All_leaves_what_known_devices_need_so_that_nothing_is_fetched_or_built_again()
    {
        var device = Used("all");
        var sysroots = Directory.GetDirectories(Path.Combine(Cache, "sysroots"));

        Ferry.Run("clean", "--on", "all", "--all").ShouldExitWith(0);

        Directory.EnumerateFileSystemEntries(device.Store).ShouldBeEmpty();
        Directory.GetDirectories(Path.Combine(Cache, "sysroots")).ShouldBe(sysroots, ignoreOrder: true);
        Run("all").Errors.ShouldSatisfyAllConditions(said => said.ShouldNotContain("Compiling"), said => said.ShouldNotContain("Fetch"));
    }

    [Fact]
    public void As_JSON_each_thing_is_named()
    {
        Used("json");

        using var page = JsonDocument.Parse(Ferry.Run("clean", "--on", "json", "--dry-run", "--json").ShouldExitWith(0).Output);

        var device = page.RootElement.GetProperty("device");
        device.GetProperty("name").GetString().ShouldBe("json");
        device.GetProperty("available").GetInt64().ShouldBeInRange(1, device.GetProperty("total").GetInt64());
        var program = device.GetProperty("things").EnumerateArray().Single(thing => thing.GetProperty("kind").GetString() == "programs");
        program.GetProperty("name").GetString().ShouldBe("small");
        program.GetProperty("removed").GetBoolean().ShouldBeFalse();
        page.RootElement.GetProperty("pc").GetProperty("things").EnumerateArray().ShouldContain(thing => thing.GetProperty("kind").GetString() == "sysroots");
    }

    [Fact]
    public void A_device_that_is_away_is_named_and_this_PC_is_cleaned_all_the_same()
    {
        var relay = new CuttingRelay(lab.Sshd.Port);
        var name = lab.Sshd.AddHost("away", lab.Command, configuration: [$"Port {relay.Port}", "StrictHostKeyChecking no", "UserKnownHostsFile /dev/null", "LogLevel ERROR"]);
        Ferry.Run("device", "add", name, name).ShouldExitWith(0);
        Ferry.Run("connections", "close", name).ShouldExitWith(0);
        relay.Dispose();
        var crash = Path.Combine(Directory.CreateDirectory(Path.Combine(Cache, "crashes")).FullName, "old.txt");
        File.WriteAllText(crash, "x");
        File.SetLastWriteTimeUtc(crash, DateTime.UtcNow.AddDays(-8));

        var result = Ferry.Run("clean", "--on", name).ShouldExitWith(3);

        result.Errors.ShouldMatch("\nerror: .*'away'.*\ncause: ");
        result.Errors.ShouldMatch(@"(?m)^ +Freed .*B on this PC, ");
        File.Exists(crash).ShouldBeFalse();
        Ferry.Run("device", "remove", name).ShouldExitWith(0);
    }

    [Fact]
    public void A_device_that_nobody_knows_is_wrong_usage() =>
        Ferry.Run("clean", "--on", "nobody").ShouldExitWith(2).Errors.ShouldContain("error: there is no device 'nobody'");

    [Fact]
    public void Without_a_device_this_PC_is_cleaned()
    {
        using var fresh = new FerryTool();

        var result = fresh.Run("clean").ShouldExitWith(0);

        result.Output.ShouldBeEmpty();
        result.Errors.ShouldBe("       Freed 0 B on this PC, 0 B are kept\n");
    }

    private HomeDevice Used(string name)
    {
        var device = new HomeDevice(lab, name);
        Run(name);
        return device;
    }

    private RunResult Run(string name)
    {
        var result = Ferry.RunIn(lab.Project.Folder, "run", "--on", name).ShouldExitWith(0);
        result.Output.ShouldBe("small runs\n");
        return result;
    }
}
