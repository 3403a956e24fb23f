namespace Ferry.Devices.Tests;

public sealed class PackageManagerTests
{
    [Theory]
    [InlineData("apt-get", "apt-get install -y")]
    [InlineData("opkg", "opkg install")]
    [InlineData("apk|apt-get", "apt-get install -y")]
    [InlineData("may root|dnf|yum", "dnf install -y")]
    public void The_systems_own_is_taken(string tools, string install) => PackageManager.Of(tools.Split('|'))!.Install.ShouldBe(install);

    [Fact]
    public void A_system_without_one_has_none() => PackageManager.Of(["may root", "busybox"]).ShouldBeNull();
}
