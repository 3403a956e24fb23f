using Ferry.Processes;
using Ferry.Remote.Agent;

namespace Ferry.Tests.Processes;

public sealed class LinuxSignalTests
{
    [Theory]
    [InlineData(1, "SIGHUP")]
    [InlineData(7, "SIGBUS")]
    [InlineData(11, "SIGSEGV")]
    [InlineData(15, "SIGTERM")]
    [InlineData(31, "SIGSYS")]
    [InlineData(34, "signal 34")]
    [InlineData(0, "signal 0")]
    [InlineData(-1, "signal -1")]
    public void Signals_have_the_names_that_Linux_gives_them(int signal, string name) => LinuxSignal.Name(signal).ShouldBe(name);

    [Fact]
    public void The_exit_code_of_a_death_by_signal_is_that_of_shells()
    {
        ProgramEnd.Killed(11, dumpedCore: true).ExitCode.ShouldBe(139);
        ProgramEnd.Exited(11).ExitCode.ShouldBe(11);
    }
}
