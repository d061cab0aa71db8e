namespace Farm.Server.Contracts.Shared;

/// <summary>
/// Endpoint metadata: among endpoints with the same path, this one takes requests that accept JSON or name no format (Docs/design.md section 4,
/// "Who owns a path that several want").
/// </summary>
internal sealed class PrefersJson;
