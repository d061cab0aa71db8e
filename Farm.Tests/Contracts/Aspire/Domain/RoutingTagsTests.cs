using Farm.Server.Contracts.Aspire.Domain;
using Farm.Tests.Support;
using FsCheck.Fluent;

namespace Farm.Tests.Contracts.Aspire.Domain;

/// <summary>Contracts/Aspire/Contract.md sections 2.2 and 5.1.</summary>
public sealed class RoutingTagsTests
{
    private static readonly FsCheck.Gen<string[]> Tags = Gen.Elements("EU", "US", "eu", "gpu").ArrayOf().Select(tags => tags.Distinct().ToArray());

    [Fact]
    public void Commas_and_repetition_say_the_same() => Rule.HoldsFor(Tags, tags =>
    {
        Assert.Equal(RoutingTags.Parse(tags), RoutingTags.Parse([string.Join(",", tags)]));
        Assert.Equal(RoutingTags.Parse(tags), RoutingTags.Parse([string.Join(" , ", tags.Reverse()), .. tags]));
    });

    [Fact]
    public void Blanks_around_a_tag_do_not_count_and_empty_ones_are_none() =>
        Assert.Equal(["EU west", "gpu"], RoutingTags.Parse([" gpu ,, EU west", "", null]));
}
