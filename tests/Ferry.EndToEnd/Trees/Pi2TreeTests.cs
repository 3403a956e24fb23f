using Ferry.EndToEnd.Boards;

namespace Ferry.EndToEnd.Trees;

[Collection("boards")]
public sealed class Pi2TreeTests(Pi2 board) : TreeTests(board), IClassFixture<Pi2>;
