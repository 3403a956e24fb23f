using Ferry.EndToEnd.Boards;

namespace Ferry.EndToEnd.Debugging;

[Collection("boards")]
public sealed class Pi3CoreDebugTests(Pi3With32Bits board) : CoreDebugTests(board), IClassFixture<Pi3With32Bits>;
