namespace Farm.Tests.Drills.Disk;

/// <summary>A test that mounts a file system.</summary>
public sealed class DiskDrillFactAttribute : FactAttribute
{
    public DiskDrillFactAttribute() => Skip = SmallDisk.WhySkipped;
}
