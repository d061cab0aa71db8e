namespace Farm.Server.Store.Engine;

/// <summary>The migrations of one protocol's tables.</summary>
/// <param name="Module">The name of the protocol in the settings, under which its version is stored.</param>
/// <param name="Steps">The migrations, by number.</param>
internal sealed record ModuleSchema(string Module, IReadOnlyList<Migration> Steps)
{
    /// <summary>The number of the newest migration; 0 for a protocol without tables.</summary>
    public int Newest => Steps.Count == 0 ? 0 : Steps[^1].Number;
}
