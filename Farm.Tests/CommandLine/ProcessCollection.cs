namespace Farm.Tests.CommandLine;

/// <summary>Tests that start the executable, one after the other: each process takes a processor for its start.</summary>
[CollectionDefinition(Name)]
public sealed class ProcessCollection
{
    public const string Name = "Processes";
}
