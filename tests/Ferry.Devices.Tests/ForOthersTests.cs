using System.Text;
using System.Text.Json.Nodes;

namespace Ferry.Devices.Tests;

/// <summary>What of a device may be checked into a repository.</summary>
public class ForOthersTests
{
    [Theory, MemberData(nameof(Cases.Names), MemberType = typeof(Cases))]
    public void Only_what_programs_must_know_is_told(string name)
    {
        var profile = Cases.Profile(name) with
        {
            User = new() { Name = "secret-user", Home = "/home/secret-user", Shell = "/bin/secret-user-shell" },
            Folder = new() { Path = "/home/secret-user/.cache/ferry" },
            RefusedFolders = [new() { Path = "/home/secret-user/x", Reason = "noexec" }],
            GdbServer = "/home/secret-user/gdbserver",
        };
        var record = new DeviceRecord { Name = "pi", Address = "secret-user@secret-host", Profile = profile, Target = TargetChoice.For(profile), SysrootId = "secret-id", ProbedAt = DateTimeOffset.UnixEpoch };
        var told = Encoding.UTF8.GetString(record.ForOthers().ToJson());
        told.ShouldNotContain("secret");
        var facts = JsonNode.Parse(told)!["profile"]!.AsObject().Where(fact => fact.Value is not (JsonArray { Count: 0 } or JsonObject { Count: 0 })).Select(fact => fact.Key);
        facts.ShouldBeSubsetOf(["schema", "kernel", "userland", "cpu", "aux", "libc", "os", "model", "libraryFolders", "learnt"]);
        // It is still the same device for whoever builds for it.
        var other = record.ForOthers().Profile;
        TargetChoice.For(other).ShouldBe(TargetChoice.For(profile));
        (other.Libc, other.Userland).ShouldBe((profile.Libc, profile.Userland));
    }
}
