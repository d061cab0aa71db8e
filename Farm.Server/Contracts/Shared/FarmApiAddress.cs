namespace Farm.Server.Contracts.Shared;

/// <summary>Where the farm's own protocol is.</summary>
/// <param name="Root">What its paths begin with; null when it is not spoken.</param>
internal sealed record FarmApiAddress(string? Root);
