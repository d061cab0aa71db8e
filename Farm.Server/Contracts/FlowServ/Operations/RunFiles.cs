using Farm.Server.Contracts.FlowServ.Domain;
using Farm.Server.Contracts.FlowServ.Store;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Tasks;
using Farm.Server.Store.Views.Files;

namespace Farm.Server.Contracts.FlowServ.Operations;

/// <summary>Output files of runs.</summary>
internal sealed class RunFiles(FarmStore store)
{
    /// <summary>The output files of a run; empty unless it succeeded.</summary>
    public List<Artifact> Of(Run run) => store.Read(db =>
        run.State == RunState.Success && TaskTable.ByNumber(db, run.JobId, 0) is { } task ? ArtifactView.OfTask(db, task.Id) : []);
}
