using System.Runtime.Versioning;
using Ferry.EndToEnd.BadInput;
using Ferry.Lab;

namespace Ferry.EndToEnd.Cargo;

/// <summary>A run that is like the last one begins at once; whatever has changed since then counts all the same.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class RememberedPlanTests : IClassFixture<LoopbackDevice>, IDisposable
{
    private readonly LoopbackDevice device;
    private readonly string name;
    private readonly string project;
    private readonly string manifest;

    public RememberedPlanTests(LoopbackDevice device)
    {
        this.device = device;
        name = device.Sshd.AddHost("r" + Guid.NewGuid().ToString("N")[..8], device.Command);
        project = new CargoProject(Ferry.Home, "remembered" + name).With("src/main.rs", """fn main() { println!("{:?} {:?}", std::env::var("SAID"), std::env::args().nth(1)); }""").Folder;
        manifest = Path.Combine(project, "Cargo.toml");
        Ferry.Run("device", "add", name, name).ShouldExitWith(0);
        Run().ShouldBe("Err(NotPresent) None\n");
        Plans().ShouldNotBeEmpty();
    }

    private FerryTool Ferry => device.Ferry;

    public void Dispose() => Ferry.Run("device", "remove", name);

    [Fact]
    public void A_run_like_the_last_one_asks_nobody_again()
    {
        var before = Plans().ToDictionary(file => file, File.GetLastWriteTimeUtc);
        // What the plan is made of is not read: this would be an error.
        var summary = Path.Combine(Ferry.Home, "ferry", "config", "devices", name + ".json");
        var (content, time) = (File.ReadAllBytes(summary), File.GetLastWriteTimeUtc(summary));
        File.WriteAllBytes(summary, new byte[content.Length]);
        File.SetLastWriteTimeUtc(summary, time);

        Run().ShouldBe("Err(NotPresent) None\n");

        Plans().ToDictionary(file => file, File.GetLastWriteTimeUtc).ShouldBe(before);
        File.WriteAllBytes(summary, content);
    }

    [Fact]
    public void Other_words_are_another_plan() => Run("--", "word").ShouldBe("Err(NotPresent) Some(\"word\")\n");

    [Fact]
    public void What_the_source_says_now_is_run()
    {
        File.WriteAllText(Path.Combine(project, "src", "main.rs"), "fn main() { println!(\"edited\"); }");
        Run().ShouldBe("edited\n");
    }

    [Fact]
    public void What_Cargo_toml_says_to_Ferry_now_counts()
    {
        File.AppendAllText(manifest, "\n[package.metadata.ferry.env]\nSAID = \"so\"\n");
        Run().ShouldBe("Ok(\"so\") None\n");
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("\"so\"", "\"no\"", StringComparison.Ordinal));
        Run().ShouldBe("Ok(\"no\") None\n");
    }

    [Fact]
    public void A_device_that_was_removed_is_asked_again()
    {
        Ferry.Run("device", "remove", name).ShouldExitWith(0);
        Run();
        Ferry.Run("device", "show", name).ShouldExitWith(0);
    }

    [Fact]
    public void A_cache_that_was_emptied_is_filled_again()
    {
        Directory.Delete(Path.Combine(Ferry.Home, "ferry", "cache", "links"), recursive: true);
        Run().ShouldBe("Err(NotPresent) None\n");
    }

    [Fact]
    public void Another_variable_in_the_environment_is_another_plan()
    {
        Ferry.Environment["SAID"] = "here";
        Run("--env", "SAID").ShouldBe("Ok(\"here\") None\n");
        Ferry.Environment["SAID"] = "there";
        Run("--env", "SAID").ShouldBe("Ok(\"there\") None\n");
        Ferry.Environment.Remove("SAID");
    }

    [Fact]
    public void A_plan_that_was_cut_short_is_made_again()
    {
        foreach (var plan in Plans())
        {
            File.WriteAllBytes(plan, File.ReadAllBytes(plan)[..40]);
        }

        Run().ShouldBe("Err(NotPresent) None\n");
    }

    private string[] Plans() => Directory.GetFiles(Path.Combine(Ferry.Home, "ferry", "cache", "plans"));

    private string Run(params string[] more) => Ferry.RunIn(project, ["run", "-q", "--on", name, .. more]).ShouldExitWith(0).Output;
}
