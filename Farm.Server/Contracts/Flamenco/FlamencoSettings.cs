namespace Farm.Server.Contracts.Flamenco;

/// <summary>What this contract tells its clients of the farm.</summary>
internal sealed record FlamencoSettings
{
    /// <summary>
    /// The version that clients compare with their own: the Blender add-on refuses to submit to a manager of another version
    /// (Contracts/Flamenco/Contract.md section 6.1).
    /// </summary>
    public string AdvertisedVersion { get; init; } = "3.8.5";

    /// <summary>The name that clients show.</summary>
    public string ManagerName { get; init; } = "Farm";
}
