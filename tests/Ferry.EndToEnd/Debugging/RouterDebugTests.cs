using Ferry.EndToEnd.Boards;

namespace Ferry.EndToEnd.Debugging;

/// <summary>A device without gdbserver, package manager and loader.</summary>
[Collection("boards")]
public sealed class RouterDebugTests(Router board) : IClassFixture<Router>
{
    [Fact]
    public void What_is_lacking_is_said_and_how_to_help_it()
    {
        var project = DebuggedProgram.In(board.Ferry.Home);

        var lacking = board.Ferry.RunIn(project.Folder, "debug", "--debugger", "gdb-multiarch").ShouldExitWith(125);
        lacking.Errors.ShouldContain("error: the device cannot debug it\ncause: there is no gdbserver\nhelp:  install it: ferry device install gdbserver");
        lacking.Errors.ShouldContain("or send one along: --gdbserver FILE");

        board.Ferry.Run("device", "install", "gdbserver", board.Board.Name).ShouldExitWith(1).Errors.ShouldContain("has no package manager that Ferry knows");

        board.Ferry.RunIn(project.Folder, "debug", "--debugger", "gdb-multiarch", "--core").ShouldExitWith(125).Errors.ShouldContain("error: there is no core of 'two-words' on device 'router'");
    }
}
