using Farm.Server.Contracts;
using Farm.Server.Store.Engine;

namespace Farm.Tests.Support;

/// <summary>The tables of the protocols, for tests that open a store without a server.</summary>
internal static class ProtocolSchemas
{
    /// <summary>Those of all protocols.</summary>
    public static IReadOnlyList<ModuleSchema> All { get; } = [.. ProtocolModules.All.Select(module => module.Schema)];
}
