namespace Farm.Server.Operations.Managers;

/// <summary>How this manager is shown to people.</summary>
/// <param name="Text">Its machine and port.</param>
/// <param name="Version">Its version.</param>
internal sealed record ManagerName(string Text, string Version);
