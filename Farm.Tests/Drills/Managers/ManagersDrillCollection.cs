namespace Farm.Tests.Drills.Managers;

/// <summary>
/// The drill runs alone: it makes and cuts networks of this machine, whereupon Chromium gives up what it loads (ERR_NETWORK_CHANGED), and it has
/// time limits.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ManagersDrillCollection
{
    public const string Name = "Managers drill";
}
