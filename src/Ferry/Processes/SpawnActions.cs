using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Ferry.Processes;

/// <summary>posix_spawn's attributes and file actions. Both are opaque: on Linux at most 336 and 80 bytes (glibc and musl), on macOS a pointer each.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed unsafe partial class SpawnActions : IDisposable
{
    private const string Name = "libc";
    private const short SetSignalDefaults = 0x04;
    private const short SetSignalMask = 0x08;
    private const short CloseOnExecDefault = 0x4000;

    private readonly byte* attributes = (byte*)NativeMemory.AllocZeroed(512);
    private readonly byte* actions = (byte*)NativeMemory.AllocZeroed(256);
    private readonly byte* signals = (byte*)NativeMemory.AllocZeroed(128);

    public SpawnActions(bool ownSession)
    {
        Check(AttributesInit(attributes));
        Check(ActionsInit(actions));
        Check(Libc.SigEmptySet(signals));
        Check(AttributesSetMask(attributes, signals));
        // Not those that the shell ignores for us (nohup): only the one that .NET does.
        Check(Libc.SigAddSet(signals, Libc.Sigpipe));
        Check(AttributesSetDefault(attributes, signals));
        Check(AttributesSetFlags(attributes, (short)(SetSignalDefaults | SetSignalMask | (ownSession ? NewSession : 0) | (OperatingSystem.IsMacOS() ? CloseOnExecDefault : 0))));
    }

    private static short NewSession => OperatingSystem.IsMacOS() ? (short)0x400 : (short)0x80;

    // O_WRONLY | O_CREAT | O_APPEND
    private static int AppendFlags => OperatingSystem.IsMacOS() ? 0x1 | 0x200 | 0x8 : 0x1 | 0x40 | 0x400;

    public void Duplicate(int from, int to) => Check(ActionsDuplicate(actions, from, to));

    /// <summary>Opens for reading as stdin, for appending otherwise; a new file is the user's alone.</summary>
    public void Open(string path, int to)
    {
        using var name = NativeStrings.Of(path);
        Check(ActionsOpen(actions, to, name.First, to == 0 ? 0 : AppendFlags, 0x180));
    }

    /// <summary>The child's working folder.</summary>
    public void Enter(string folder)
    {
        using var name = NativeStrings.Of(folder);
        Check(ActionsEnter(actions, name.First));
    }

    /// <summary>0, or the errno of what failed (the exec of the child included).</summary>
    public int Spawn(out int id, byte* path, byte** argv, byte** environment)
    {
        int child;
        var error = PosixSpawn(&child, path, actions, attributes, argv, environment);
        id = child;
        return error;
    }

    public void Dispose()
    {
        _ = ActionsDestroy(actions);
        _ = AttributesDestroy(attributes);
        NativeMemory.Free(actions);
        NativeMemory.Free(attributes);
        NativeMemory.Free(signals);
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new InvalidOperationException("posix_spawn: " + Marshal.GetPInvokeErrorMessage(error));
        }
    }

    [LibraryImport(Name, EntryPoint = "posix_spawn")]
    private static partial int PosixSpawn(int* id, byte* path, byte* actions, byte* attributes, byte** argv, byte** environment);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_init")]
    private static partial int AttributesInit(byte* attributes);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_destroy")]
    private static partial int AttributesDestroy(byte* attributes);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setflags")]
    private static partial int AttributesSetFlags(byte* attributes, short flags);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigmask")]
    private static partial int AttributesSetMask(byte* attributes, byte* signals);

    [LibraryImport(Name, EntryPoint = "posix_spawnattr_setsigdefault")]
    private static partial int AttributesSetDefault(byte* attributes, byte* signals);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int ActionsInit(byte* actions);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int ActionsDestroy(byte* actions);

    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_adddup2")]
    private static partial int ActionsDuplicate(byte* actions, int from, int to);

    // glibc 2.29, musl 1.1.24, macOS 10.15.
    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addchdir_np")]
    private static partial int ActionsEnter(byte* actions, byte* path);

    // mode_t has 16 bits on macOS and 32 on Linux; as a register argument an int serves both.
    [LibraryImport(Name, EntryPoint = "posix_spawn_file_actions_addopen")]
    private static partial int ActionsOpen(byte* actions, int to, byte* path, int flags, int mode);
}
