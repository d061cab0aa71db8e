namespace Farm.Tests.CommandLine;

/// <summary>Tests that start the executable. They run one at a time because each start needs a whole processor.</summary>
[CollectionDefinition(Name)]
public sealed class ProcessCollection
{
    public const string Name = "Processes";
}
