namespace Ferry.EndToEnd.Boards;

/// <summary>Only where FERRY_TEST_ZERO is 1, see below. An ARMv6, where every ARMv7 instruction ends a program by SIGILL. Its network carries 0.3 MB/s, so what all boards share is not run here.</summary>
[Collection("boards")]
public sealed class ZeroTests : IDisposable
{
    private readonly Zero zero;

    public ZeroTests()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("FERRY_TEST_ZERO") == "1", "QEMU's raspi0 loses its network on a busy machine; FERRY_TEST_ZERO=1 runs it");
        zero = new Zero();
    }

    public void Dispose() => zero.Dispose();

    [Fact]
    public void Static_hard_float_programs_are_chosen_and_the_agent_is_one()
    {
        zero.OnBoard("uname -m").Output.ShouldBe("armv6l\n");
        zero.Added.Errors.ShouldContain(zero.Triple);
        zero.Added.Errors.ShouldContain($"because {zero.Reason}\n");
        zero.RefusesAProgramOfThisPc();
        zero.Ferry.RunIn(zero.Hello, "run", "--release").ShouldExitWith(0).Output.ShouldContain("Hello from zero, this is arm!");
        zero.Ferry.RunIn(zero.Hello, "run", "--release", "--", "--exit", "7").ShouldExitWith(7);
    }

    [Fact]
    public void Code_for_ARMv7_is_refused()
    {
        var result = zero.Ferry.RunIn(zero.Hello, "run", "--release", "--target", "armv7-unknown-linux-musleabihf").ShouldExitWith(125);
        result.Errors.ShouldContain("'hello' is for ARMv7 and later, but the processor of device 'zero' is an ARMv6");
    }

    [Fact]
    public void Hard_float_programs_are_not_linked_against_its_soft_float_libraries() =>
        zero.Ferry.RunIn(zero.Hello, "build", "--target", "arm-unknown-linux-gnueabihf").ShouldExitWith(2).Errors
            .ShouldContain("a program for arm-unknown-linux-gnueabihf cannot be linked against the libraries of device 'zero'");
}
