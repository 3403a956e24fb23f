using System.Text;
using Ferry.Processes;
using Ferry.Settings;
using Ferry.Terminal;
using Ferry.Toolchain;
using Ferry.Toolchain.CargoFiles;

namespace Ferry.Commands.Initializing;

/// <summary><c>ferry init --cargo</c>: what <c>ferry run</c> tells cargo by variables, written down for plain cargo.</summary>
internal static class CargoInit
{
    public static void Run(CargoLine line, ProjectWriting writing)
    {
        var plan = CargoPlan.Make(line);
        var root = WorkspaceRoot(plan.Rust);
        StandardLibrary.Ensure(plan.Rust, plan.Target.Value, line.Yes);
        var link = LinkLibraries.Link(plan.Rust, plan.Device.Value, plan.Target.Value, plan.Glibc?.Value);
        var entries = CargoEntries.For(plan.Rust, link, RunnerFile.Place(), plan.Device.Value.Name, plan.Project.AllowNewerCode);
        var file = CargoFile.Complete(plan.Rust, root, entries);
        foreach (var kept in file.Kept)
        {
            Status.Warn($"'{kept.Name}' is set there already, and stays: Ferry would set it to '{kept.Value}'");
        }

        WarnOfVariables(plan);
        if (writing.Write(file.Path, file.Before, file.After))
        {
            EnsureReadable(plan.Rust, root, file);
            Status.Note($"cargo run, cargo test and rust-analyzer now build for {plan.Target.Value} and run on device '{plan.Device.Value.Name}'");
            Status.Note("the file names folders of this PC: keep it out of git");
            TellWhatCargoDoesNotKnow(plan);
        }
    }

    public static string WorkspaceRoot(RustToolchain rust)
    {
        var answer = Tool.Run(rust.Cargo, [.. rust.Prefix, "locate-project", "--workspace", "--message-format", "plain"]);
        return answer.Succeeded ? Path.GetDirectoryName(answer.Output.Trim())!
            : throw new FerryException("there is no project here to write settings into", answer.Errors.Trim(), "go to a folder with a Cargo.toml", ExitCode.WrongUsage);
    }

    /// <summary>All of the user's files together may be more than cargo can join: then this one is put back.</summary>
    private static void EnsureReadable(RustToolchain rust, string root, CargoFile file)
    {
        try
        {
            CargoFileReading.InFolder(rust, root);
        }
        catch (FerryException e)
        {
            if (file.Before.Length > 0)
            {
                AtomicFile.Write(file.Path, Encoding.UTF8.GetBytes(file.Before));
            }
            else
            {
                File.Delete(file.Path);
            }

            throw new FerryException($"with these lines cargo cannot join '{file.Path}' and its other files; it was put back as it was", e.Cause, "remove what is named there, and type it again; ferry run needs none of this");
        }
    }

    /// <summary>Of the environment nothing stands in a file, and it goes before all of them.</summary>
    private static void WarnOfVariables(CargoPlan plan)
    {
        var target = plan.Target.Value;
        foreach (var name in (string[])["CARGO_BUILD_TARGET", CargoLinking.LinkerVariable(target), CargoLinking.Variable(target, "RUNNER")])
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } value)
            {
                Status.Warn($"{name} is set to '{value}' in your environment, and goes before the file");
            }
        }
    }

    private static void TellWhatCargoDoesNotKnow(CargoPlan plan)
    {
        string[] unknown =
        [
            .. plan.Project.Folder is null ? Array.Empty<string>() : ["folder"],
            .. plan.Project.Environment.Count == 0 ? Array.Empty<string>() : ["env"],
            .. plan.Project.Timeout is null ? Array.Empty<string>() : ["timeout"],
        ];
        if (unknown.Length > 0)
        {
            Status.Note($"plain cargo does not know what Cargo.toml tells Ferry by {string.Join(", ", unknown.Select(name => $"'{name}'"))}: ferry run does");
        }
    }
}
