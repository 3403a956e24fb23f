using System.Runtime.Versioning;
using Ferry.EndToEnd.BadInput;
using Ferry.Lab;

namespace Ferry.EndToEnd.Debugging;

/// <summary>This PC as a device, and a program that runs until somebody ends it, or as long as it is told something.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LoopedHere : IDisposable
{
    private const string Source = """
        use std::io::{BufRead, IsTerminal};

        fn main() {
            println!("terminal {}", std::io::stdin().is_terminal());
            if std::env::args().any(|word| word == "read") {
                let count = std::io::stdin().lock().lines().map(|line| println!("line {}", line.unwrap())).count();
                std::process::exit(count as i32);
            }
            let mut rounds = 0u64;
            loop {
                rounds += 1;
                if rounds == 3 {
                    println!("ready");
                }
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
        }

        """;

    private readonly LoopbackDevice device = new();

    public LoopedHere()
    {
        Project = new CargoProject(device.Ferry.Home, "looped").With("src/main.rs", Source);
        Ferry.Run("device", "add", "here", device.Sshd.AddHost("here", device.Command)).ShouldExitWith(0);
    }

    /// <summary>This PC's own, which is not installed.</summary>
    public static string Gdbserver { get; } = Path.Combine(Repository.Cache, "debuggers", "usr", "bin", "gdbserver");

    public FerryTool Ferry => device.Ferry;

    public CargoProject Project { get; }

    public void Dispose() => device.Dispose();
}
