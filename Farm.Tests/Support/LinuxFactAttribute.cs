namespace Farm.Tests.Support;

/// <summary>A test that runs only on Linux; reported as skipped elsewhere.</summary>
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux()) Skip = "Only Linux has this.";
    }
}
