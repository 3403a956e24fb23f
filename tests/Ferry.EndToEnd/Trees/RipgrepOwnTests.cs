using Ferry.EndToEnd.Programs;

namespace Ferry.EndToEnd.Trees;

/// <summary>ripgrep's own tests on a board: hundreds of times they start the rg that lies beside them, in folders that they make.</summary>
[Collection("boards")]
public sealed class RipgrepOwnTests(Pi4Programs programs) : IClassFixture<Pi4Programs>
{
    [Fact]
    public void All_of_them_pass_as_they_do_on_a_pc()
    {
        var run = programs.OwnTests("ripgrep").ShouldExitWith(0);

        // What plain cargo test counts for ripgrep 13.0.0 on a 64-bit PC.
        run.Output.ShouldContain("test result: ok. 2 passed; 0 failed");
        run.Output.ShouldContain("test result: ok. 271 passed; 0 failed");
    }
}
