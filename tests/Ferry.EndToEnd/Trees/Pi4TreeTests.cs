using Ferry.EndToEnd.Boards;

namespace Ferry.EndToEnd.Trees;

[Collection("boards")]
public sealed class Pi4TreeTests(Pi4 board) : TreeTests(board), IClassFixture<Pi4>;
