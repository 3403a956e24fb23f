namespace Ferry.Devices.Tests;

public class KnownBoardsTests
{
    [Fact]
    public void Every_board_has_targets_that_Ferry_knows_and_no_revision_code_is_there_twice()
    {
        KnownBoards.All.SelectMany(board => board.Targets).ShouldAllBe(triple => Targets.Find(triple) != null);
        KnownBoards.All.SelectMany(board => board.Revisions).ShouldBeUnique();
        KnownBoards.All.Select(board => board.Name).ShouldBeUnique();
    }

    /// <summary>"New-style revision codes" of the Raspberry Pi documentation: the type in bits 4 to 11, the processor in bits 12 to 15.</summary>
    [Fact]
    public void The_fields_of_a_revision_code_say_what_its_row_does()
    {
        string[] processors = ["ARM1176JZF-S", "Cortex-A7", "Cortex-A53", "Cortex-A72", "Cortex-A76"];
        foreach (var board in KnownBoards.All)
        {
            foreach (var code in board.Revisions.Where(code => code.Length == 6).Select(code => Convert.ToUInt32(code, 16)))
            {
                (code >> 23 & 1).ShouldBe(1u);
                ((int)(code >> 4 & 0xff)).ShouldBe(board.PiType!.Value, $"{code:x}");
                board.Processor.ShouldEndWith(processors[code >> 12 & 15], Case.Sensitive, $"{code:x}");
            }
        }
    }

    [Theory]
    [InlineData("c03114", "Raspberry Pi 4 Model B")]
    [InlineData("0010", "Raspberry Pi Model B Plus")]
    [InlineData("1000010", "Raspberry Pi Model B Plus")]
    [InlineData("2902120", "Raspberry Pi Zero 2 W")]
    [InlineData("a22042", "Raspberry Pi 2 Model B Rev 1.2")]
    [InlineData("f04179", "Raspberry Pi 5")]
    [InlineData("0020", null)]
    [InlineData("0000", null)]
    [InlineData("zz", null)]
    [InlineData(null, null)]
    public void A_Raspberry_Pi_is_known_by_its_code_a_newer_revision_by_its_type(string? code, string? name) =>
        (KnownBoards.OfRevision(code)?.Name).ShouldBe(name);

    [Fact]
    public void What_the_boards_have_for_cores_Ferry_knows_by_their_numbers()
    {
        var cores = CpuNames.All.Select(model => model.Name).ToHashSet();
        KnownBoards.All.Where(board => board.Targets is [var first, ..] && Targets.Find(first)!.Machine is MachineNames.Arm or MachineNames.AArch64)
            .SelectMany(board => board.Processor.Split(", ")).Select(text => text.Split(" x ")[^1]).ShouldBeSubsetOf(cores);
    }
}
