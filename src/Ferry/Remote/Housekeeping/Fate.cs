namespace Ferry.Remote.Housekeeping;

/// <summary>What becomes of something that is kept. The numbers are those of the agent's protocol.</summary>
internal enum Fate : byte
{
    Stays = 0,
    Goes = 1,

    /// <summary>It would go, but a program that runs needs it.</summary>
    InUse = 2,
}
