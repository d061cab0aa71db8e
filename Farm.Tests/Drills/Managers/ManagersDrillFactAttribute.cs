using Farm.Tests.Support;

namespace Farm.Tests.Drills.Managers;

/// <summary>A test that starts PostgreSQL itself.</summary>
public sealed class ManagersDrillFactAttribute : FactAttribute
{
    public ManagersDrillFactAttribute() => Skip = TestDatabase.WhySkipped ?? PostgresCluster.WhySkipped;
}
