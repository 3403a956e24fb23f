using Ferry.EndToEnd.Boards;

namespace Ferry.EndToEnd.Debugging;

/// <summary>32-bit programs, and a 32-bit gdbserver, under a 64-bit kernel.</summary>
[Collection("boards")]
public sealed class Pi3DebugTests(Pi3With32Bits board) : DebugTests(board), IClassFixture<Pi3With32Bits>;
