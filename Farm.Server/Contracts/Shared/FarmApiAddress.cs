namespace Farm.Server.Contracts.Shared;

/// <summary>Where the farm's own API is served.</summary>
/// <param name="Root">The path prefix of its routes; null when it is disabled.</param>
internal sealed record FarmApiAddress(string? Root);
