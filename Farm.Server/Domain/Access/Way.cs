namespace Farm.Server.Domain.Access;

/// <summary>Through what somebody reached the farm, for the audit.</summary>
/// <param name="Name">One of the names below, or that of a protocol as in the settings.</param>
internal readonly record struct Way(string Name)
{
    /// <summary>A page of the dashboard.</summary>
    public static Way Page { get; } = new("page");

    /// <summary>A <c>farm</c> command.</summary>
    public static Way CommandLine { get; } = new("command line");

    /// <summary>A worker, whatever its protocol.</summary>
    public static Way Worker { get; } = new("worker");

    /// <summary>The farm itself.</summary>
    public static Way Farm { get; } = new("farm");
}
