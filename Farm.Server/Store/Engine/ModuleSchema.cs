namespace Farm.Server.Store.Engine;

/// <summary>The tables of one protocol.</summary>
/// <param name="Module">The protocol by its name in the settings; what its version is remembered by.</param>
/// <param name="Steps">The steps that make them, by number.</param>
internal sealed record ModuleSchema(string Module, IReadOnlyList<Migration> Steps)
{
    /// <summary>The number of the newest step; 0 for a protocol without tables.</summary>
    public int Newest => Steps.Count == 0 ? 0 : Steps[^1].Number;
}
