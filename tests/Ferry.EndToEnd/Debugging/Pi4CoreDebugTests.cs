using Ferry.EndToEnd.Boards;

namespace Ferry.EndToEnd.Debugging;

[Collection("boards")]
public sealed class Pi4CoreDebugTests(Pi4 board) : CoreDebugTests(board), IClassFixture<Pi4>;
