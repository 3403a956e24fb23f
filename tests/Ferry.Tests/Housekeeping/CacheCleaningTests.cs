using Ferry.Lab;
using Ferry.Remote.Agent;
using Ferry.Remote.Housekeeping;

namespace Ferry.Tests.Housekeeping;

/// <summary>What goes from this PC's cache, and what stays however old it is.</summary>
public sealed class CacheCleaningTests : IDisposable
{
    private static readonly DateTime Now = new(2026, 5, 1, 12, 0, 0, DateTimeKind.Utc);
    private static readonly string Build = AgentSource.Build("aarch64-unknown-linux-musl");

    private readonly TemporaryFolder cache = new();

    public CacheCleaningTests()
    {
        foreach (var file in new[] { "sent/place/one", "programs/one", "packages/one", "rust/one.json", "crashes/one.txt", "devices/pi4", "agents/" + Build + "/agent", "sysroots/known/lib/libc.so.6", "bin/ferry-runner" })
        {
            Write(file, days: 100);
        }

        Write("links/a-known/link.json", 100, Link(cache["sysroots/known"]));
        Write("links/a-static/link.json", 100, Link(""));
        Write("links/a-host/link.json", 100, Link("/"));
    }

    public void Dispose() => cache.Dispose();

    [Fact]
    public void By_age_goes_what_is_bound_to_nothing()
    {
        Write("sent/place/young", days: 6);
        Write("packages/young", days: 6);

        Clean(TimeSpan.FromDays(7));

        Files().ShouldBe(
        [
            "agents/" + Build + "/agent", "bin/ferry-runner", "devices/pi4", "links/a-host/link.json", "links/a-known/link.json", "links/a-static/link.json", "packages/young", "sent/place/young", "sysroots/known/lib/libc.so.6",
        ]);
    }

    [Fact]
    public void However_thoroughly_it_is_done_what_a_known_device_needs_stays()
    {
        Write("sent/place/young", days: 0);

        Clean(TimeSpan.Zero);

        Files().ShouldBe(["agents/" + Build + "/agent", "bin/ferry-runner", "devices/pi4", "links/a-host/link.json", "links/a-known/link.json", "links/a-static/link.json", "sysroots/known/lib/libc.so.6"]);
    }

    [Fact]
    public void What_no_device_needs_any_more_goes_unless_somebody_has_just_used_it()
    {
        Write("sysroots/gone/lib/libc.so.6", days: 1);
        Write("links/a-gone/link.json", 1, Link(cache["sysroots/gone"]));
        Write("links/a-broken/start.o", days: 1);
        Write("agents/0123456789abcdef/agent", days: 1);
        Write("devices/gone", days: 1);
        Write("sysroots/new/lib/libc.so.6", days: 0);
        Write("links/a-new/link.json", 0, Link(cache["sysroots/new"]));

        var things = Clean(TimeSpan.FromDays(365));

        things.Where(thing => thing.Fate == Fate.Goes).Select(thing => $"{thing.Kind}/{thing.Name}").Order().ShouldBe(["agents/0123456789abcdef", "link folders/a-broken", "link folders/a-gone", "notes on devices/gone", "sysroots/gone"]);
        Files().ShouldNotContain(file => file.Contains("gone", StringComparison.Ordinal) || file.Contains("broken", StringComparison.Ordinal) || file.Contains("0123", StringComparison.Ordinal));
        Files().ShouldContain("sysroots/new/lib/libc.so.6");
        Files().ShouldContain("links/a-new/link.json");
    }

    [Fact]
    public void What_was_left_half_written_goes_whatever_it_was_to_become()
    {
        Write("sent/place/abc.77.tmp", days: 1);
        Write("sysroots/.new-77/lib/libc.so.6", days: 1);
        Write("links/a-known.77-xyz/start.o", days: 1);
        Write("sent/place/abc.78.tmp", days: 0);

        Clean(TimeSpan.FromDays(365)).Where(thing => thing.Kind == "half written").Select(thing => (thing.Name, thing.Fate))
            .ShouldBe([("abc.77.tmp", Fate.Goes), (".new-77", Fate.Goes), ("a-known.77-xyz", Fate.Goes), ("abc.78.tmp", Fate.Stays)], ignoreOrder: true);
    }

    [Fact]
    public void A_dry_run_says_the_same_and_removes_nothing()
    {
        Write("sysroots/gone/lib/libc.so.6", days: 1);
        var before = Files();

        var said = new CacheCleaning(Now, TimeSpan.Zero, dryRun: true).Run(Inventory());

        Files().ShouldBe(before);
        Clean(TimeSpan.Zero).ShouldBe(said);
    }

    [Fact]
    public void Sizes_are_of_all_that_is_in_a_folder_but_of_nothing_that_a_link_leads_to()
    {
        Write("sysroots/known/lib/large", 100, new string('x', 1000));
        File.CreateSymbolicLink(cache["sysroots/known/lib/link"], cache["sysroots/known/lib/large"]);

        Inventory().All().Single(thing => thing.Kind == "sysroots").Size.ShouldBe(1001);
    }

    [Fact]
    public void What_was_sent_is_kept_small_by_age_and_by_size_once_a_day()
    {
        var sent = cache["sent"];
        Write("sent/a/old", 31, "12345");
        Write("sent/a/1", 1, "12345");
        Write("sent/b/2", 2, "12345");
        Write("sent/b/3", 3, "12345");

        SentSweep.Run(sent, Now, most: 12);
        Sent().ShouldBe(["sent/a/1", "sent/b/2"]);

        Write("sent/a/old", 31, "12345");
        SentSweep.Run(sent, Now.AddHours(23), most: 12);
        Sent().ShouldContain("sent/a/old");

        SentSweep.Run(sent, Now.AddHours(25), most: 12);
        Sent().ShouldBe(["sent/a/1", "sent/b/2"]);
    }

    private CacheInventory Inventory() => new(cache.Path, ["known"], ["pi4"]);

    private IReadOnlyList<KeptThing> Clean(TimeSpan unused) => new CacheCleaning(Now, unused, dryRun: false).Run(Inventory());

    private string[] Files() => [.. Directory.EnumerateFiles(cache.Path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(cache.Path, file)).Order(StringComparer.Ordinal)];

    private string[] Sent() => [.. Files().Where(file => file.StartsWith("sent/", StringComparison.Ordinal) && !file.EndsWith(".swept", StringComparison.Ordinal))];

    private static string Link(string sysroot) => $$"""{"version": 1, "target": "a", "linker": "lld", "sysroot": "{{sysroot}}"}""";

    private void Write(string name, int days, string text = "x")
    {
        var path = cache[name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        // The files, and the folders around them, which are things of the cache.
        for (var at = path; at.Length > cache.Path.Length; at = Path.GetDirectoryName(at)!)
        {
            Directory.SetLastWriteTimeUtc(at, Now.AddDays(-days));
        }
    }
}
