using Farm.Server.Domain.Access;
using Farm.Server.Operations.Configuration;

namespace Farm.Tests.Support;

/// <summary>Settings that tests choose, without a file.</summary>
internal sealed class TestConfiguration : IFarmConfiguration
{
    public string ManagerName => "Studio";

    public string AdvertisedVersion => "1.2.3";

    public string SharedStoragePath => "";

    public AccessMode Access { get; set; }

    public bool IsFirstRun => false;

    public IReadOnlyList<SettingChange> SetUp(string storage, string? blender) => throw new NotSupportedException();

    public IReadOnlyList<SettingChange> SetAccess(AccessMode access)
    {
        Access = access;
        return [];
    }
}
