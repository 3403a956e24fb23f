using Ferry.Remote.Trees;

namespace Ferry.Tests.Trees;

public sealed class CrateFactsTests
{
    [Fact]
    public void Cargos_answer_tells_what_tests_need()
    {
        var facts = CrateFacts.Read("""
            {"packages":[
              {"name":"app","manifest_path":"/ws/app/Cargo.toml","metadata":{"ferry":{"files":["data/**"],"paths":false}},"targets":[
                {"kind":["bin"],"name":"app"},{"kind":["bin"],"name":"tool"},{"kind":["test"],"name":"it"},{"kind":["bench"],"name":"speed"},{"kind":["lib"],"name":"lib"}]},
              {"name":"other","manifest_path":"/ws/other/Cargo.toml","metadata":null,"targets":[{"kind":["bin"],"name":"other"}]}],
             "target_directory":"/ws/target","workspace_root":"/ws","metadata":{"ferry":{"results":["out"]}}}
            """, "/ws/app");

        facts.Programs.ShouldBe(["app", "tool"]);
        facts.Tests.ShouldBe(["it", "speed"]);
        facts.Others.ShouldBe(["/ws/other"]);
        facts.Workspace.ShouldBe("/ws");
        facts.Target.ShouldBe("/ws/target");
        facts.Files.ShouldBe(["data/**"]);
        facts.Results.ShouldBe(["out"]);
        facts.Paths.ShouldBeFalse();
    }
}
