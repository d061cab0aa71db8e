namespace Farm.Server.Contracts.Shared;

/// <summary>Group metadata: the protocol (or the dashboard) that endpoints belong to; a label of the request metrics.</summary>
/// <param name="Name">As in the settings, for example <c>flamenco</c>.</param>
internal sealed record ProtocolName(string Name)
{
    /// <summary>The name of the dashboard.</summary>
    public const string Dashboard = "dashboard";
}
