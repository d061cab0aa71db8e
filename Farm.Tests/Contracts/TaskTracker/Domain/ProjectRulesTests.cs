using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Tests.Support;
using FsCheck.Fluent;

namespace Farm.Tests.Contracts.TaskTracker.Domain;

/// <summary>Contracts/TaskTracker/Contract.md section 4.4.1.</summary>
public sealed class ProjectRulesTests
{
    [Fact]
    public void No_allowed_chain_has_a_cycle() => Rule.HoldsFor(
        Gen.Two(Gen.Choose(1, 6)).ListOf(),
        wishes =>
        {
            var chain = new Dictionary<long, long>();
            foreach (var (from, to) in wishes)
            {
                if (!ProjectRules.IsCycle(from, to, id => chain.TryGetValue(id, out var next) ? next : null)) chain[from] = to;
            }

            foreach (var start in chain.Keys)
            {
                var steps = 0;
                for (var at = start; chain.TryGetValue(at, out var next); at = next) Assert.True(++steps <= chain.Count);
            }
        });

    [Fact]
    public void A_project_without_a_chain_has_no_cycle() => Assert.False(ProjectRules.IsCycle(1, null, _ => null));

    [Theory]
    [InlineData(512, null)]
    [InlineData(513, "name")]
    public void A_name_has_a_maximum_length(int length, string? wrong) =>
        Assert.Contains(wrong ?? "", ProjectRules.WhyNotAllowed(new ProjectDetails { Name = new string('n', length) }) ?? "");
}
