using Farm.Server.Worker.Processes;

namespace Farm.Tests.Worker.Support;

/// <summary>A test of what the worker does with another program; skipped, and said so, where that program is missing.</summary>
internal sealed class NeedsToolFactAttribute : FactAttribute
{
    public NeedsToolFactAttribute(params string[] tools)
    {
        var missing = tools.FirstOrDefault(tool => ExecutableFinder.Find(tool) is null);
        if (missing is not null) Skip = $"{missing} is not on this machine";
    }
}
