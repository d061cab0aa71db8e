using Farm.Server.Domain;
using Farm.Server.Domain.Access;

namespace Farm.Server.Operations.Configuration;

/// <summary>Reads and replaces the settings through the API (Contracts/Flamenco/Contract.md sections 6.1 and 9).</summary>
internal interface IFarmConfiguration
{
    /// <summary>The farm's name.</summary>
    string ManagerName { get; }

    /// <summary>The version for clients that only work with a manager of their own version.</summary>
    string AdvertisedVersion { get; }

    /// <summary>The storage that the farm and its workers share.</summary>
    string SharedStoragePath { get; }

    /// <summary>What people without an account may do from other machines.</summary>
    AccessMode Access { get; }

    /// <summary>Whether the shared storage has not been set yet.</summary>
    bool IsFirstRun { get; }

    /// <summary>Sets the shared storage and the Blender of the farm's own platform, and saves them to the settings file; nothing else changes.</summary>
    /// <param name="storage">A directory on this machine.</param>
    /// <param name="blender">The value of <c>{blender}</c> on this platform; null keeps the old value.</param>
    /// <returns>What changed.</returns>
    /// <exception cref="FarmException">A value cannot be used, or the file cannot be written; nothing was changed.</exception>
    IReadOnlyList<SettingChange> SetUp(string storage, string? blender);

    /// <summary>Sets what people without an account may do from other machines, and saves it to the settings file; nothing else changes.</summary>
    /// <returns>What changed.</returns>
    /// <exception cref="FarmException">The file cannot be written; nothing was changed.</exception>
    IReadOnlyList<SettingChange> SetAccess(AccessMode access);
}
