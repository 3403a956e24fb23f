using Ferry.EndToEnd.Boards;
using Ferry.Lab;

namespace Ferry.EndToEnd.Trees;

/// <summary>What cargo promises a test, on a board. Run on each.</summary>
public abstract class TreeTests(BoardSession board)
{
    [Fact]
    public void Tests_have_folder_files_programs_and_paths_and_their_results_come_back()
    {
        var project = Promises();

        var run = board.Ferry.RunIn(project, "test").ShouldExitWith(0);

        run.Output.ShouldContain("test result: ok. 1 passed; 0 failed");
        run.Output.ShouldContain("test result: ok. 9 passed; 0 failed");
        File.ReadAllText(Path.Combine(project, "out/result.txt")).ShouldStartWith("made on ");
        run.Errors.ShouldNotContain("note:");
    }

    [Fact]
    public void A_benchmark_compares_with_the_last_time_on_the_same_device()
    {
        var project = Promises();
        board.Ferry.RunIn(project, "bench", "--bench", "figures").ShouldExitWith(0).Output.ShouldContain("before: nothing");
        Directory.Delete(Path.Combine(project, "target", "ferry"), recursive: true);

        var again = board.Ferry.RunIn(project, "bench", "--bench", "figures").ShouldExitWith(0);

        again.Output.ShouldContain("before: 499999500000");
        File.ReadAllText(Path.Combine(project, "target", "ferry", board.Board.Name, "criterion", "sum", "estimates.json")).ShouldBe("499999500000");
        Directory.Exists(Path.Combine(project, "target", "criterion")).ShouldBeFalse();
    }

    [Fact]
    public void Files_go_along_with_ferry_run_and_follow_what_is_done_to_them_here()
    {
        var project = new CargoProject(New(), "lister", "[package.metadata.ferry]\nfiles = [\"data\", \"none/**\"]\nresults = [\"made\"]\n").With("src/main.rs", """
            fn main() {
                let mut names: Vec<_> = std::fs::read_dir("data").unwrap().map(|entry| entry.unwrap().path()).collect();
                names.sort();
                for name in names {
                    println!("{} {}", name.display(), std::fs::read_to_string(&name).unwrap());
                }
                std::fs::write("made", "here it is").unwrap();
                std::process::exit(5);
            }
            """).With("data/a", "one").With("data/b", "two");

        var first = board.Ferry.RunIn(project.Folder, "run").ShouldExitWith(5);
        first.Output.ShouldBe("data/a one\ndata/b two\n");
        first.Errors.ShouldContain("'none/**'");
        File.ReadAllText(project.PathOf("made")).ShouldBe("here it is");

        project.With("data/a", "changed").With("data/c", "three");
        File.Delete(project.PathOf("data/b"));
        board.Ferry.RunIn(project.Folder, "run").ShouldExitWith(5).Output.ShouldBe("data/a changed\ndata/c three\n");
    }

    private string Promises() => BoardSession.Copy(Repository.PathOf("tests", "Ferry.EndToEnd", "promises"), Path.Combine(New(), "promises"));

    private string New() => Directory.CreateDirectory(Path.Combine(board.Ferry.Home, Guid.NewGuid().ToString("N")[..8])).FullName;
}
