using Ferry.EndToEnd.Boards;

namespace Ferry.EndToEnd.Debugging;

[Collection("boards")]
public sealed class Pi4DebugTests(Pi4 board) : DebugTests(board), IClassFixture<Pi4>;
