namespace Farm.Tests.Support;

/// <summary>A test of what only Linux has; skipped, and said so, elsewhere.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "Only Linux has this.";
    }
}
