using Farm.Server.Worker.Processes;

namespace Farm.Tests.Support;

/// <summary>A test that presses Ctrl+C for another process; skipped, and said so, where there is no way to (Windows).</summary>
public sealed class CtrlCFactAttribute : FactAttribute
{
    public CtrlCFactAttribute()
    {
        if (ExecutableFinder.Find("kill") is null) Skip = "Ctrl+C cannot be sent to another process on this machine.";
    }
}
