using Farm.Server.Worker.Processes;

namespace Farm.Tests.Support;

/// <summary>A test that sends Ctrl+C to another process; reported as skipped on Windows, where that is impossible.</summary>
public sealed class CtrlCFactAttribute : FactAttribute
{
    public CtrlCFactAttribute()
    {
        if (ExecutableFinder.Find("kill") is null) Skip = "Ctrl+C cannot be sent to another process on this machine.";
    }
}
