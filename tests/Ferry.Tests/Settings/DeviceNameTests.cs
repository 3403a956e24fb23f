using Ferry.Settings;

namespace Ferry.Tests.Settings;

public sealed class DeviceNameTests
{
    [Theory]
    [InlineData("pi4")]
    [InlineData("Zero_2-W")]
    public void A_plain_word_is_a_name(string name) => DeviceName.Checked(name).ShouldBe(name);

    [Theory]
    [InlineData("")]
    [InlineData("-pi")]
    [InlineData("../pi")]
    [InlineData("a/b")]
    [InlineData("pi 4")]
    [InlineData("pi\n")]
    [InlineData("emulator")]
    [InlineData("emulator:cortex-a7")]
    public void A_name_that_could_be_something_else_is_refused(string name) =>
        Should.Throw<FerryException>(() => DeviceName.Checked(name)).Exit.ShouldBe(ExitCode.WrongUsage);

    [Theory]
    [InlineData("pi@raspberrypi.local:2222", "raspberrypi-local-2222")]
    [InlineData("192.168.1.40", "192-168-1-40")]
    [InlineData("root@[fe80::1]:22", "fe80-1-22")]
    public void An_address_becomes_a_name_that_can_be_kept(string address, string name) =>
        DeviceName.Checked(DeviceName.FromAddress(address)).ShouldBe(name);
}
