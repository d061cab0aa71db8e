namespace Farm.Server.Contracts.Shared;

/// <summary>Whose endpoint it is: a protocol, or the dashboard. Put into a route group's metadata; requests are counted by it.</summary>
/// <param name="Name">As in the settings, for example <c>flamenco</c>.</param>
internal sealed record ProtocolName(string Name);
