using Ferry.Linking;
using Ferry.Processes;
using Ferry.Settings;
using Ferry.Terminal;
using Ferry.Toolchain;

namespace Ferry.Doors;

/// <summary>One link: lld, its failure told, and what it made held against the target. What is refused does not stay.</summary>
internal sealed class Link(LinkSettings settings, string folder, LldRun lld)
{
    /// <summary>Returns the exit code; dies of lld's signal if it did.</summary>
    public int Run(LinkJob job)
    {
        WrongLibraries.ThrowIfAny(job, lld.Platform);
        var guard = LinkGuard.Look(job, lld.Platform);
        return guard.HasSuspects || OldArmProof.IsFor(settings.Target) ? Proven(job, guard) : Plain(job);
    }

    private int Plain(LinkJob job)
    {
        var (end, errors) = lld.Of(job);
        return Told(end, errors);
    }

    private int Proven(LinkJob job, LinkGuard guard)
    {
        var map = Path.Combine(lld.Scratch, Path.GetFileName(job.Output) + ".ferry-map");
        // A stripped program lacks what tells code and data apart: its twin is looked at, whose code is the same.
        var twin = job.Strip == StripLevel.Symbols ? Path.Combine(lld.Scratch, Path.GetFileName(job.Output) + ".ferry-twin") : null;
        try
        {
            var (end, errors) = lld.Of(job with { Strip = twin is null ? job.Strip : StripLevel.Nothing, Output = twin ?? job.Output, Passthrough = [.. job.Passthrough, "--Map=" + map] });
            if (Told(end, errors) is var code and not 0)
            {
                return code;
            }

            Prove(job, twin ?? job.Output, LinkMap.Parse(File.ReadAllText(map)), guard);
            return twin is null ? ExitCode.Done : Plain(job);
        }
        finally
        {
            File.Delete(map);
            if (twin is not null)
            {
                File.Delete(twin);
            }
        }
    }

    private void Prove(LinkJob job, string made, LinkMap map, LinkGuard guard)
    {
        try
        {
            guard.ThrowIfLinked(map);
            if (OldArmProof.IsFor(settings.Target))
            {
                new OldArmProof(settings.Target, Path.GetFileName(job.Output), NewerCode.Allowed).Ensure(File.ReadAllBytes(made), map);
            }
        }
        catch
        {
            File.Delete(made);
            throw;
        }
    }

    private int Told(ProcessEnd end, string errors)
    {
        if (end.Signal != 0)
        {
            Page.Messages.Write(errors);
            Status.Error($"the linker was killed by {SignalNames.Of(end.Signal)}");
            Death.BySignal(end.Signal);
        }

        if (end.Code == 0)
        {
            Page.Messages.Write(errors);
            return ExitCode.Done;
        }

        new LinkFailure(settings, folder).Tell(errors);
        return end.Code;
    }
}
