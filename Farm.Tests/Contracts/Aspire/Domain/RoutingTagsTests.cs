using Farm.Server.Contracts.Aspire.Domain;
using Farm.Tests.Support;
using FsCheck.Fluent;

namespace Farm.Tests.Contracts.Aspire.Domain;

/// <summary>Contracts/Aspire/Contract.md sections 2.2 and 5.1.</summary>
public sealed class RoutingTagsTests
{
    private static readonly FsCheck.Gen<string[]> Tags = Gen.Elements("EU", "US", "eu", "gpu").ArrayOf().Select(tags => tags.Distinct().ToArray());

    [Fact]
    public void Comma_separated_and_repeated_tags_are_equal() => Rule.HoldsFor(Tags, tags =>
    {
        Assert.Equal(RoutingTags.Parse(tags), RoutingTags.Parse([string.Join(",", tags)]));
        Assert.Equal(RoutingTags.Parse(tags), RoutingTags.Parse([string.Join(" , ", tags.Reverse()), .. tags]));
    });

    [Fact]
    public void Tags_are_trimmed_and_empty_ones_dropped() =>
        Assert.Equal(["EU west", "gpu"], RoutingTags.Parse([" gpu ,, EU west", "", null]));
}
