using System.Text;
using Farm.Server.Worker.State;

namespace Farm.Server.Worker.Processes;

/// <summary>
/// Stores the mark of the running processes on disk, so that a worker that was killed can kill them at its next start, before another attempt
/// writes the same frames.
/// </summary>
internal sealed class ProcessMark(StateDirectory directory, TimeProvider time, ILogger<ProcessMark> logger)
{
    /// <summary>Creates and stores a mark for a new program.</summary>
    public string Begin()
    {
        var mark = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        PrivateFile.Write(directory.Running, Encoding.ASCII.GetBytes(mark));
        return mark;
    }

    public void End() => File.Delete(directory.Running);

    /// <summary>Kills processes that an earlier run of this worker left.</summary>
    public async Task EndLeftoversAsync()
    {
        if (!File.Exists(directory.Running)) return;
        var mark = (await File.ReadAllTextAsync(directory.Running)).Trim();
        if (Guid.TryParseExact(mark, "N", out _))
        {
            logger.LogInformation("The worker did not shut down properly; killing processes that it left");
            await ProcessTree.KillMarkedAsync(mark, time);
        }
        End();
    }
}
