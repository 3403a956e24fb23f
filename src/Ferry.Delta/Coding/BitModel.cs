namespace Ferry.Delta.Coding;

/// <summary>How likely the next bit is a 0, in 65536ths, learnt from the bits before it: by a quick pupil and a slow one, and between them.</summary>
internal struct BitModel
{
    private ushort quick;
    private ushort slow;

    public static BitModel[] Many(int count)
    {
        var models = new BitModel[count];
        Array.Fill(models, new BitModel { quick = 0x8000, slow = 0x8000 });
        return models;
    }

    /// <summary>Never 0 and never 65536.</summary>
    public readonly uint ZeroIn65536 => Math.Clamp(((uint)quick + slow) >> 1, 64, 65536 - 64);

    public void Learn(int bit)
    {
        if (bit == 0)
        {
            quick += (ushort)((65535 - quick) >> 4);
            slow += (ushort)((65535 - slow) >> 7);
        }
        else
        {
            quick -= (ushort)(quick >> 4);
            slow -= (ushort)(slow >> 7);
        }
    }
}
