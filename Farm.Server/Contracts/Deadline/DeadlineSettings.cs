using Farm.Server.Operations.Access;

namespace Farm.Server.Contracts.Deadline;

/// <summary>What a studio can set about this protocol.</summary>
internal sealed record DeadlineSettings
{
    /// <summary>The user and password that the protocol asks for by HTTP Basic; null when it asks for none.</summary>
    public BasicLogin? Login { get; init; }
}
