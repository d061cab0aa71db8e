namespace Farm.Server.Contracts.Shared;

/// <summary>
/// Marks an endpoint that shares its path with others, and is meant by requests that name no format or JSON (Docs/design.md section 4, "Who owns a
/// path that several want").
/// </summary>
internal sealed class PrefersJson;
