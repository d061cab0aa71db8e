using Farm.Server.Worker.Processes;

namespace Farm.Tests.Worker.Support;

/// <summary>A test that needs other programs; reported as skipped if one is missing.</summary>
internal sealed class NeedsToolFactAttribute : FactAttribute
{
    public NeedsToolFactAttribute(params string[] tools)
    {
        var missing = tools.FirstOrDefault(tool => ExecutableFinder.Find(tool) is null);
        if (missing is not null) Skip = $"{missing} is not on this machine";
    }
}
