using Farm.Server.Domain.Artifacts;
using Farm.Server.Domain.Runs;
using Farm.Server.Store;

namespace Farm.Server.Operations.Runs;

/// <summary>The files that runs left.</summary>
internal sealed class RunFiles(FarmStore store)
{
    /// <summary>The files of a run in the order in which its template declares them; none unless it succeeded.</summary>
    public List<Artifact> Of(Run run) => store.Read(db =>
        run.State == RunState.Success && TaskRows.ByNumber(db, run.JobId, 0) is { } task ? ArtifactRows.OfTask(db, task.Id) : []);
}
