using Farm.Server.Domain;

namespace Farm.Server.Operations.Configuration;

/// <summary>What the studio set, as those see it who look at it and change it from outside (Contracts/Flamenco/Contract.md sections 6.1 and 9).</summary>
internal interface IFarmConfiguration
{
    /// <summary>What the farm calls itself.</summary>
    string ManagerName { get; }

    /// <summary>The version that clients are told who only work with a manager of their own version.</summary>
    string AdvertisedVersion { get; }

    /// <summary>The storage that the farm and its workers share.</summary>
    string SharedStoragePath { get; }

    /// <summary>Whether files can be uploaded through Shaman.</summary>
    bool ShamanEnabled { get; }

    /// <summary>Whether nobody has yet said where the shared storage is.</summary>
    bool IsFirstRun { get; }

    /// <summary>Sets the shared storage and the Blender of the farm's own platform, in their file too; everything else stays.</summary>
    /// <param name="storage">A directory of this machine.</param>
    /// <param name="blender">The value of <c>{blender}</c> on this platform; null leaves it.</param>
    /// <exception cref="FarmException">A value cannot be used, or the file cannot be written; nothing was changed.</exception>
    void SetUp(string storage, string? blender);
}
