using Farm.Server.Contracts;
using Farm.Server.Store.Engine;

namespace Farm.Tests.Support;

/// <summary>The schemas of the protocols, for tests that open a store without a server.</summary>
internal static class ProtocolSchemas
{
    /// <summary>The schemas of all protocols.</summary>
    public static IReadOnlyList<ModuleSchema> All { get; } = [.. ProtocolModules.All.Select(module => module.Schema)];
}
