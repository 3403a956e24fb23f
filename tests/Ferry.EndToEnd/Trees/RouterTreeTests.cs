using Ferry.EndToEnd.Boards;

namespace Ferry.EndToEnd.Trees;

[Collection("boards")]
public sealed class RouterTreeTests(Router board) : TreeTests(board), IClassFixture<Router>;
