using Ferry.Commands.Watching;
using Ferry.Lab;

namespace Ferry.Tests.Commands;

/// <summary>What is watched, and what counts as a change.</summary>
public sealed class WatchTests
{
    [Fact]
    public void Dep_info_of_cargo_and_of_rustc_names_its_sources() =>
        DepInfo.Sources(
        [
            "/p/target/t/debug/p: /p/build.rs /p/src/main.rs /p/with\\ blank/x.txt",
            "",
            "src/main.rs:",
            "# env-dep:CARGO_PKG_NAME=a: b",
            @"C:\t\p.d: C:\p\src\lib.rs",
        ]).ShouldBe(["/p/build.rs", "/p/src/main.rs", "/p/with blank/x.txt", @"C:\p\src\lib.rs"]);

    [Fact]
    public void Content_counts_and_time_does_not()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["same", "touched", "changed", "gone"])
        {
            File.WriteAllText(folder[name], "text");
        }

        string[] files = [folder["same"], folder["touched"], folder["changed"], folder["gone"], folder["new"]];
        var before = FileStates.Take(files);
        File.SetLastWriteTimeUtc(folder["touched"], DateTime.UnixEpoch);
        File.WriteAllText(folder["changed"], "other");
        File.Delete(folder["gone"]);
        File.WriteAllText(folder["new"], "");

        FileStates.Take(files, before).ChangesSince(before).ShouldBe([folder["changed"], folder["gone"], folder["new"]]);
    }

    [Fact]
    public void A_file_that_a_build_was_the_first_to_name_is_no_change_but_one_that_changed_during_it_is()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["source"], "1");
        File.WriteAllText(folder["data"], "1");
        File.WriteAllText(folder["Cargo.lock"], "1");
        var lookedAt = new HashSet<string> { folder["source"], folder["Cargo.lock"] };
        var before = FileStates.Take(lookedAt);
        foreach (var name in (string[])["source", "data", "Cargo.lock"])
        {
            File.WriteAllText(folder[name], "changed during the build");
        }

        string[] files = [folder["source"], folder["data"], folder["Cargo.lock"]];
        var after = before.With(files, lookedAt, file => file == folder["Cargo.lock"]);

        FileStates.Take(files, after).ChangesSince(after).ShouldBe([folder["source"]]);
    }
}
