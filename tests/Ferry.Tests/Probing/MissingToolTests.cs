using Ferry.Devices;

namespace Ferry.Tests.Probing;

public class MissingToolTests
{
    [Fact]
    public void A_system_of_busybox_tools_tells_everything()
    {
        using var system = new SmallSystem(SmallSystem.Tools);
        var profile = system.Device.Probe();
        profile.Libc.Interpreter.ShouldBe("/lib64/ld-linux-x86-64.so.2");
        profile.Libc.Kind.ShouldBe(LibcKind.Glibc);
        profile.Libc.Version.ShouldBe("2.36");
        profile.Aux.PageSize.ShouldBe(Environment.SystemPageSize);
        profile.Folder!.Path.ShouldBe("/root/.cache/ferry");
        profile.RuntimeLibraries.Select(file => file.Path)
            .ShouldBe(["/lib/x86_64-linux-gnu/libc.so.6", "/lib/x86_64-linux-gnu/libresolv.so.2", "/lib64/ld-linux-x86-64.so.2"], ignoreOrder: true);
        profile.RuntimeLibraries.ShouldAllBe(file => file.Sha256 != null && file.Size > 0);
        TargetChoice.For(profile).Triple.ShouldBe("x86_64-unknown-linux-musl", "there is no libgcc_s.so.1");
    }

    [Theory]
    [InlineData("od")]
    [InlineData("sha256sum")]
    [InlineData("df")]
    [InlineData("readlink")]
    [InlineData("ls")]
    [InlineData("id")]
    [InlineData("date")]
    [InlineData("uname")]
    [InlineData("tr")]
    [InlineData("grep")]
    public void Without_a_tool_only_its_fact_is_missing(string tool)
    {
        using var system = new SmallSystem(SmallSystem.Tools.Where(one => one != tool));
        var profile = system.Device.Probe();
        profile.Userland.Bits.ShouldBe(64);
        profile.Aux.PageSize.ShouldNotBeNull();
        profile.Folder.ShouldNotBeNull();
        profile.RuntimeLibraries.Count.ShouldBe(3);
        (profile.RuntimeLibraries[0].Sha256 is null).ShouldBe(tool == "sha256sum");
        (profile.RuntimeLibraries[0].Cksum is null).ShouldBe(tool != "sha256sum");
        (profile.User.Id is null).ShouldBe(tool == "id");
        (profile.ClockSeconds is null).ShouldBe(tool == "date");
        (profile.Kernel.Machine is null).ShouldBe(tool == "uname");
        (profile.Folder!.FreeBytes is null).ShouldBe(tool == "df");
        profile.Folders.ShouldAllBe(place => place.MountOptions.Count > 0 && (place.FreeBytes == null) == (tool == "df"));
        (profile.Libc.NewestVersions.Count == 0).ShouldBe(tool is "tr" or "grep");
        (profile.RuntimeLibraries[0].Size is null).ShouldBe(tool == "ls");
    }

    [Fact]
    public void Without_any_tool_it_still_tells_what_the_shell_knows()
    {
        using var system = new SmallSystem([]);
        var profile = system.Device.Probe();
        profile.Cpu.Count.ShouldNotBeNull();
        profile.Libc.Loaders.ShouldBe(["/lib64/ld-linux-x86-64.so.2"]);
        profile.Userland.Bits.ShouldBeNull();
        profile.Folder.ShouldBeNull();
        profile.Aux.PageSize.ShouldBe(Environment.SystemPageSize, "the shell's own map tells it");
        profile.RefusedFolders.ShouldNotBeEmpty();
        TargetChoice.For(profile).Error!.Id.ShouldBe("unknown-architecture");
    }
}
