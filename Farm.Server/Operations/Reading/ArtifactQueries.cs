using Farm.Server.Domain;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Files;
using Farm.Server.Store.Tables.Jobs;
using Farm.Server.Store.Tables.Tasks;

namespace Farm.Server.Operations.Reading;

/// <summary>Files of a job.</summary>
/// <param name="Files">Those of the page.</param>
/// <param name="Count">How many there are in all.</param>
/// <param name="Bytes">The bytes of all.</param>
internal sealed record ArtifactPage(IReadOnlyList<Artifact> Files, long Count, long Bytes);

/// <summary>Looks up what tasks produced. Files are seen once their task is completed.</summary>
internal sealed class ArtifactQueries(FarmStore store)
{
    /// <summary>Files of a job, by the places of their tasks.</summary>
    /// <exception cref="FarmException">There is no such job.</exception>
    public ArtifactPage OfJob(Guid job, int count, int skip) => store.Read(db =>
    {
        var id = JobTable.ByUuid(db, job)?.Id ?? throw FarmException.NotFound("no such job");
        var (files, bytes) = ArtifactTable.SeenOfJob(db, id);
        return new ArtifactPage(files == 0 ? [] : ArtifactTable.OfJob(db, id, count, skip), files, bytes);
    });

    /// <summary>The files of a task.</summary>
    /// <exception cref="FarmException">There is no such task.</exception>
    public IReadOnlyList<Artifact> OfTask(Guid task) => store.Read(db =>
        ArtifactTable.OfTask(db, TaskTable.ByUuid(db, task)?.Id ?? throw FarmException.NotFound("no such task")));

    /// <summary>What the worker that failed a task last left to be read.</summary>
    /// <exception cref="FarmException">There is no such task.</exception>
    public IReadOnlyList<string> MessagesOfTask(Guid task) => store.Read(db =>
        TaskMessageTable.OfTask(db, TaskTable.ByUuid(db, task)?.Id ?? throw FarmException.NotFound("no such task")));

    /// <summary>A file.</summary>
    /// <exception cref="FarmException">There is no such file.</exception>
    public Artifact One(Guid uuid) => store.Read(db => ArtifactTable.ByUuid(db, uuid)) ?? throw FarmException.NotFound("there is no such file");
}
