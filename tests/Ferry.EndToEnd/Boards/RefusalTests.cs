using Ferry.Lab;

namespace Ferry.EndToEnd.Boards;

/// <summary>
/// Programs that a board cannot run: refused with their reason before a byte of them is sent. The board itself says that it is so: there, brought by hand, they
/// end as the finding says. (A program for ARMv7 on a Zero: <see cref="ZeroTests"/>.)
/// </summary>
[Collection("boards")]
public sealed class RefusalTests(Pi4 pi4, Pi3With32Bits mixed, Pi2 pi2, Router router) : IClassFixture<Pi4>, IClassFixture<Pi3With32Bits>, IClassFixture<Pi2>, IClassFixture<Router>
{
    private const string Shared = """
        use std::sync::{atomic::*, Arc};
        #[inline(never)]
        pub fn count(calls: &Arc<AtomicUsize>) -> usize { calls.clone().fetch_add(1, Ordering::SeqCst) }
        fn main() {
            let calls = Arc::new(AtomicUsize::new(std::env::args().count()));
            println!("{}", count(&calls) + calls.load(Ordering::Acquire));
        }
        """;

    [Fact]
    public void Atomics_of_a_newer_processor_on_a_Cortex_A72()
    {
        var program = Built(pi4, "aarch64-unknown-linux-musl", "cortex-a76");
        Refused(pi4, program).ShouldContain("'app' has instructions that the Cortex-A72 of device 'pi4' lacks: LSE atomics");
        ByHand(pi4, program).ExitCode.ShouldBe(132, "SIGILL");
        Carried(pi4, Built(pi4, "aarch64-unknown-linux-musl", "generic")).Output.ShouldBe("3\n");
    }

    [Fact]
    public void Code_for_ARMv8_on_a_Cortex_A7()
    {
        var program = Built(pi2, "armv7-unknown-linux-musleabihf", "cortex-a53");
        Refused(pi2, program).ShouldContain("'app' has instructions that the Cortex-A7 of device 'pi2' lacks: ARMv8");
        ByHand(pi2, program).ExitCode.ShouldBe(132, "SIGILL");
        Carried(pi2, Built(pi2, "armv7-unknown-linux-musleabihf", "cortex-a7")).Output.ShouldBe("3\n");
    }

    [Fact]
    public void A_64_bit_program_with_libraries_on_a_32_bit_system_under_a_64_bit_kernel()
    {
        Refused(mixed, System("arm64", "bin/true")).ShouldContain("'true' is a 64-bit little-endian aarch64 program, but device 'pi3-32' runs 32-bit little-endian arm ones");
        ByHand(mixed, System("arm64", "bin/true")).ExitCode.ShouldBe(127, "no loader");
        Carried(mixed, Built(mixed, "aarch64-unknown-linux-musl", "generic")).Output.ShouldBe("3\n", "its kernel runs static ones");
    }

    [Fact]
    public void Programs_with_a_loader_where_there_is_none()
    {
        Refused(router, System("armhf", "bin/true")).ShouldContain("'true' is not static: it needs the loader /lib/ld-linux-armhf.so.3");
        ByHand(router, System("armhf", "bin/true")).ExitCode.ShouldBe(127);
    }

    [Fact]
    public void Programs_of_other_machines_and_widths()
    {
        Refused(pi4, System("amd64", "bin/true")).ShouldContain("'true' is a 64-bit little-endian x86-64 program, but device 'pi4' runs 64-bit little-endian aarch64 ones");
        Refused(pi4, System("armhf", "bin/true")).ShouldContain("the program's loader /lib/ld-linux-armhf.so.3 is not there");
        Refused(pi2, System("arm64", "bin/true")).ShouldContain("its kernel is armv7l");
        Refused(pi2, System("armel", "bin/true")).ShouldContain("'true' passes floating-point numbers in integer registers");
    }

    private static string System(string system, string path)
    {
        var program = Path.Combine(Repository.Cache, "systems", system, "usr", path);
        Assert.SkipUnless(File.Exists(program), $"no {program}; ./test makes it");
        return program;
    }

    private static string Built(BoardSession board, string target, string processor)
    {
        var folder = Directory.CreateDirectory(Path.Combine(board.Ferry.Home, processor)).FullName;
        File.WriteAllText(Path.Combine(folder, "app.rs"), Shared);
        Run.Process("rustc", ["-O", "--target", target, "-C", "linker=rust-lld", "-C", "link-self-contained=yes", "-C", "target-cpu=" + processor, "app.rs", "-o", "app"], folder).ShouldExitWith(0);
        return Path.Combine(folder, "app");
    }

    private static string Refused(BoardSession board, string program)
    {
        var result = Runner(board, program).ShouldExitWith(125);
        result.Errors.ShouldNotContain("Sending '");
        return result.Errors;
    }

    private static RunResult Carried(BoardSession board, string program) => Runner(board, program).ShouldExitWith(0);

    private static RunResult Runner(BoardSession board, string program) =>
        Run.Process("bash", ["-c", $"exec -a ferry-runner '{FerryTool.Path}' '{program}'"], board.Ferry.Home, board.Ferry.Variables());

    private static RunResult ByHand(BoardSession board, string program) =>
        board.Board.Shell("cat >/tmp/by-hand && chmod +x /tmp/by-hand && { /tmp/by-hand; code=$?; rm /tmp/by-hand; exit $code; }", input: File.ReadAllBytes(program));
}
