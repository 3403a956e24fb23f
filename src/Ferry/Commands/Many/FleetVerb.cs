using Ferry.Processes;
using Ferry.Remote;
using Ferry.Remote.Emulator;
using Ferry.Remote.Ssh;
using Ferry.Terminal;

namespace Ferry.Commands.Many;

/// <summary>
/// <c>run</c>, <c>test</c> and <c>bench</c> with several devices: built once for each link, then a Ferry for each device does the verb there, side by side,
/// and a table says how it went. A device that cannot be reached is a row of it.
/// </summary>
internal static class FleetVerb
{
    public static int Run(CargoLine line)
    {
        var devices = Plan(line);
        if (line.DryRun)
        {
            return Print(devices);
        }

        if (!Connect(devices))
        {
            return ExitCode.Interrupted;
        }

        using var interruption = new Interruption();
        foreach (var round in FleetBuild.Rounds(devices.Where(device => device.Result is null)))
        {
            Build(round, interruption);
            Run([.. devices.Where(device => round.Any(build => build.Devices.Contains(device)))], devices, interruption);
        }

        FleetTable.Print(devices);
        return interruption.HasCome ? interruption.ExitCode : devices.Max(device => device.Result!.Code);
    }

    /// <summary><c>ferry build</c>: each program is held against each device that it was built for.</summary>
    public static int Build(CargoLine line)
    {
        var devices = Plan(line);
        if (line.DryRun)
        {
            return Print(devices);
        }

        using var interruption = new Interruption();
        var worst = devices.Any(device => device.Result is not null) ? ExitCode.DeviceUnreachable : ExitCode.Done;
        foreach (var build in FleetBuild.Rounds(devices.Where(device => device.Result is null)).SelectMany(round => round))
        {
            worst = Math.Max(worst, build.Make(interruption) is not 0 and var code ? code : build.Check());
            if (interruption.HasCome)
            {
                return interruption.ExitCode;
            }
        }

        return worst;
    }

    /// <summary>A device that does not answer is told at once; a name that is none, and whatever else is wrong with the line, ends it all.</summary>
    internal static List<FleetDevice> Plan(CargoLine line)
    {
        var devices = line.Devices.DefaultIfEmpty().Select(name => Plan(line, name)).ToList();
        return devices.GroupBy(device => device.Name).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? throw new FerryException(DeviceNames.Twice(twice.Key), $"its names here: {string.Join(", ", line.Devices)}", exit: ExitCode.WrongUsage)
            : devices;
    }

    private static FleetDevice Plan(CargoLine line, string? name)
    {
        try
        {
            var plan = CargoPlan.Make(line with { Devices = name is null ? [] : [name] });
            return new(plan.Device.Value.Name, plan);
        }
        catch (FerryException e) when (name is not null && e.Exit == ExitCode.DeviceUnreachable)
        {
            Errors.Print(e);
            return new(name, null) { Result = DeviceResult.Unreachable };
        }
    }

    internal static int Print(IEnumerable<FleetDevice> devices)
    {
        foreach (var device in devices)
        {
            _ = device.Plan?.Print();
            Page.Results.WriteLine();
        }

        return ExitCode.Done;
    }

    /// <summary>One after the other and here, where ssh may ask; the Ferrys that follow find the connection. False when the user wants no more of it.</summary>
    internal static bool Connect(IEnumerable<FleetDevice> devices)
    {
        foreach (var device in devices.Where(device => device.Result is null && !EmulatorDevice.IsName(device.Name)))
        {
            try
            {
                var address = device.Plan!.Device.Value.Address;
                ImportedDevice.ThrowIfIs(device.Name, address);
                SshMaster.Connect(SshAddress.Parse(address));
            }
            catch (FerryException e) when (e.Exit is ExitCode.DeviceUnreachable or ExitCode.Interrupted)
            {
                Errors.Print(e);
                if (e.Exit == ExitCode.Interrupted)
                {
                    return false;
                }

                device.Result = DeviceResult.Unreachable;
            }
        }

        return true;
    }

    private static void Build(IEnumerable<FleetBuild> builds, Interruption interruption)
    {
        foreach (var build in builds)
        {
            if (!interruption.HasCome && build.Make(interruption) is var code and not 0 && !interruption.HasCome)
            {
                Give(build.Devices, new("not built", code));
            }

            if (interruption.HasCome)
            {
                Give(build.Devices, new("interrupted", interruption.ExitCode));
            }
        }
    }

    private static void Run(IReadOnlyList<FleetDevice> devices, IReadOnlyList<FleetDevice> all, Interruption interruption)
    {
        var width = all.Max(device => device.Name.Length);
        var places = all.Select(device => device.Name).ToList();
        var children = devices.Where(device => device.Result is null)
            .Select(device => (Device: device, Child: new FleetChild(device, new DeviceLines(device.Name, width, places.IndexOf(device.Name)), interruption)))
            .ToList();
        try
        {
            children.ForEach(pair => pair.Device.Result = pair.Child.Wait());
        }
        catch (IOException)
        {
            children.ForEach(pair => pair.Child.End());
            throw;
        }
    }

    private static void Give(IEnumerable<FleetDevice> devices, DeviceResult result)
    {
        foreach (var device in devices)
        {
            device.Result ??= result;
        }
    }
}
