using System.Text;

namespace Ferry.Remote.Agent;

/// <summary>What the agent tells of a run besides the program's own: whoever wants to hear it gives it an ear.</summary>
/// <param name="Waits">The device is not free, and why; told again when the reason changes.</param>
/// <param name="Conditions">The device's conditions as its files have them, before a measurement (false) and after it (true).</param>
internal sealed record RunNews(Action<DeviceWait> Waits, Action<bool, IReadOnlyList<(string Name, string Content)>> Conditions)
{
    public void Hear(Frame frame)
    {
        var fields = frame.Fields();
        if (frame.Type == FrameType.Waiting)
        {
            Waits(new DeviceWait((WaitReason)fields.U8(), TimeSpan.FromSeconds(fields.U32()), Encoding.UTF8.GetString(fields.Rest)));
            return;
        }

        var isAfter = fields.U8() != 0;
        var files = new List<(string, string)>();
        for (var left = fields.U32(); left > 0; left--)
        {
            files.Add((Encoding.UTF8.GetString(fields.Bytes()), Encoding.UTF8.GetString(fields.Bytes())));
        }

        Conditions(isAfter, files);
    }
}
