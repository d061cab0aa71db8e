using System.Reflection;

namespace Farm.Server.Store.Engine;

/// <summary>All migrations: first those of the core, then those of each protocol.</summary>
/// <param name="Steps">The core migrations, by number. Missing numbers were moved to a protocol.</param>
/// <param name="Modules">The migrations of the protocols, in the order in which they run.</param>
internal sealed record Schema(IReadOnlyList<Migration> Steps, IReadOnlyList<ModuleSchema> Modules)
{
    /// <summary>The core migrations of this build: the .sql files in <c>Store/Migrations</c>.</summary>
    public static IReadOnlyList<Migration> Core { get; } = Migration.Embedded(Assembly.GetExecutingAssembly(), "Farm.Server.Store");

    /// <summary>The number of the newest core migration.</summary>
    public int Newest => Steps[^1].Number;
}
