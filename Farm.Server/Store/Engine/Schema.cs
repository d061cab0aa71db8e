using System.Reflection;

namespace Farm.Server.Store.Engine;

/// <summary>All steps that bring a database up to date: first those of the farm itself, then those of each protocol.</summary>
/// <param name="Steps">Those of the farm itself, by number. A number that is missing belongs to a protocol now.</param>
/// <param name="Modules">Those of the protocols, in the order in which they are taken.</param>
internal sealed record Schema(IReadOnlyList<Migration> Steps, IReadOnlyList<ModuleSchema> Modules)
{
    /// <summary>The steps of the farm itself that this program brings: the .sql files of <c>Store/Migrations</c>.</summary>
    public static IReadOnlyList<Migration> Core { get; } = Migration.Embedded(Assembly.GetExecutingAssembly(), "Farm.Server.Store");

    /// <summary>The number of the newest step of the farm itself.</summary>
    public int Newest => Steps[^1].Number;
}
