using Farm.Server.Worker.State;

namespace Farm.Server.Worker.Processes;

/// <summary>
/// Remembers on disk which processes are running, so that a worker that was killed can, at its next start, end what it left behind before
/// another attempt writes the same frames.
/// </summary>
internal sealed class RunMark(StateDirectory directory, TimeProvider time, ILogger<RunMark> logger)
{
    /// <summary>Makes a new mark for a program that is about to start.</summary>
    public string Begin()
    {
        var mark = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        File.WriteAllText(directory.Running, mark);
        return mark;
    }

    public void End() => File.Delete(directory.Running);

    /// <summary>Ends what an earlier, killed run of this worker left running.</summary>
    public async Task EndLeftoversAsync()
    {
        if (!File.Exists(directory.Running)) return;
        var mark = (await File.ReadAllTextAsync(directory.Running)).Trim();
        if (Guid.TryParseExact(mark, "N", out _))
        {
            logger.LogInformation("The worker did not end properly last time; ending what it left running");
            await ProcessTree.KillMarkedAsync(mark, time);
        }
        End();
    }
}
