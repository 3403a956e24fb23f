using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Libraries;

/// <summary>Shared libraries that cargo or a build script made go along with the program that needs them. Run on each board.</summary>
public abstract class LibraryTests : IDisposable
{
    private readonly BoardSession board;
    private readonly TemporaryFolder folder = new();

    protected LibraryTests(BoardSession board)
    {
        this.board = board;
        BoardSession.Copy(Repository.PathOf("tests", "Ferry.EndToEnd", "Libraries", "case"), Workspace);
    }

    private string Workspace => folder["case"];

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_dylib_of_the_same_workspace() => Ran("uses-dylib").ShouldBe("counted 2\n");

    [Fact]
    public void Libraries_that_a_build_script_made_one_of_which_needs_the_other() => Ran("native").ShouldBe("native 42\n");

    [Fact]
    public void Libraries_that_are_loaded_by_name_as_they_are_now()
    {
        Ferry("build", "-p", "greeting").ShouldExitWith(0);
        Ran("opens", "libgreeting.so").ShouldBe("libgreeting.so 1\n");

        // Neither is a change of the program.
        Edit("greeting/src/lib.rs", "    1\n", "    22\n");
        Ferry("build", "-p", "greeting").ShouldExitWith(0);
        Ran("opens", "libgreeting.so").ShouldBe("libgreeting.so 22\n");
        Edit("greeting/Cargo.toml", "name = \"greeting\"", "name = \"another\"");
        Ferry("build", "-p", "another").ShouldExitWith(0);
        Ran("opens", "libgreeting.so", "libanother.so").ShouldBe("libgreeting.so 22\nlibanother.so 22\n");
    }

    [Fact]
    public void A_build_finds_them_as_a_run_does() =>
        Ferry("build", "-p", "uses-dylib", "-p", "native", "-p", "opens").ShouldExitWith(0);

    [Fact]
    public void One_in_a_folder_that_cargo_does_not_name_is_missed_before_anything_is_sent_unless_the_user_names_it()
    {
        Ferry("build", "-p", "outside").ShouldExitWith(5).Errors.ShouldContain("'outside' needs libfar.so");
        Ferry("run", "-p", "outside").ShouldExitWith(125).Errors.ShouldContain("'outside' needs libfar.so");

        board.Ferry.Environment["LD_LIBRARY_PATH"] = Path.Combine(Workspace, "outside", "libraries");
        try
        {
            Ran("outside").ShouldBe("far 7\n");
        }
        finally
        {
            board.Ferry.Environment.Remove("LD_LIBRARY_PATH");
        }
    }

    private RunResult Ferry(params string[] arguments) => board.Ferry.RunIn(Workspace, arguments);

    private string Ran(string program, params string[] arguments) => Ferry(["run", "-p", program, "--", .. arguments]).ShouldExitWith(0).Output;

    private void Edit(string file, string old, string with)
    {
        var path = Path.Combine(Workspace, file);
        var text = File.ReadAllText(path);
        text.ShouldContain(old);
        File.WriteAllText(path, text.Replace(old, with));
    }
}
