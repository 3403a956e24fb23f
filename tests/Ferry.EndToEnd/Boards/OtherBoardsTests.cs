namespace Ferry.EndToEnd.Boards;

/// <summary>Boards that are unlike the usual one, each in the one way that trips tools over. What all boards share is in <see cref="RunTests"/>.</summary>
[Collection("boards")]
public sealed class OtherBoardsTests(Pi3With32Bits mixed, Router router, Pi4 pi4) : IClassFixture<Pi3With32Bits>, IClassFixture<Router>, IClassFixture<Pi4>
{
    [Fact]
    public void Under_a_64_bit_kernel_it_is_the_programs_that_decide()
    {
        mixed.OnBoard("uname -m").Output.Trim().ShouldBe("aarch64");
        mixed.Added.Errors.ShouldContain(mixed.Triple);
        mixed.Added.Errors.ShouldContain($"because {mixed.Reason}\n");
        mixed.RefusesAProgramOfThisPc();

        mixed.Ferry.RunIn(mixed.Hello, "run").ShouldExitWith(0).Output.ShouldContain("Hello from pi3-32");
    }

    [Fact]
    public void A_board_without_a_loader_gets_static_programs()
    {
        router.Added.Errors.ShouldContain(router.Triple);
        router.Added.Errors.ShouldContain($"because {router.Reason}\n");
        router.Added.Errors.ShouldContain("programs for it are static");

        router.Ferry.RunIn(router.Hello, "run").ShouldExitWith(0).Output.ShouldContain("Hello from router");
        router.Ferry.Run("device", "check", "router").ShouldExitWith(0);
        router.RefusesAProgramOfThisPc();
    }

    [Fact]
    public void Nothing_but_a_POSIX_sh_is_needed_to_bring_the_agent()
    {
        router.OnBoard("command -v scp sftp rsync bash; ls /usr/lib/sftp-server /usr/libexec/sftp-server 2>/dev/null; true").Output.ShouldBe("");
        router.OnBoard("rm -rf /tmp/ferry-0").ShouldExitWith(0);

        var result = router.Ferry.RunIn(router.Hello, "run").ShouldExitWith(0);

        result.Errors.ShouldContain("Sending Ferry's agent");
        router.OnBoard("ls /tmp/ferry-0").Output.ShouldContain("agent-");
    }

    [Fact]
    public void Exit_code_and_input_are_carried_to_and_from_a_router()
    {
        router.RunCounterpart("--", "exit", "7").ShouldExitWith(7);
        var input = Enumerable.Range(0, 300_000).Select(i => (byte)(i * 7)).ToArray();
        router.Ferry.RunIn(router.Counterpart, input, "run", "--quiet", "--", "cat").ShouldExitWith(0).OutputBytes.ShouldBe(input);
    }

    [Fact]
    public void Signals_are_carried_to_and_from_a_router()
    {
        router.RunCounterpart("--", "segv").ShouldExitWith(139).Errors.ShouldContain("SIGSEGV");
        router.RunUntilSignal("TERM").ShouldContain("code 42");
    }

    [Theory]
    [InlineData("fish")]
    [InlineData("csh")]
    public void The_login_shell_may_be_none_of_the_Bourne_family(string user)
    {
        pi4.Board.Shell("echo $SHELL", user).ShouldExitWith(0).Output.ShouldContain(user);
        pi4.Ferry.Run("device", "add", user, $"{user}@{pi4.Board.Name}").ShouldExitWith(0).Errors.ShouldContain(pi4.Triple);

        pi4.Ferry.RunIn(pi4.Hello, "run", "--on", user, "--", "--exit", "7").ShouldExitWith(7);
    }
}
