using Farm.Server.Domain;
using Farm.Server.Domain.Artifacts;
using Farm.Server.Store;

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
    /// <exception cref="FarmError">There is no such job.</exception>
    public ArtifactPage OfJob(Guid job, int count, int skip) => store.Read(db =>
    {
        var id = JobRows.ByUuid(db, job)?.Id ?? throw FarmError.NotFound("no such job");
        var (files, bytes) = ArtifactRows.SeenOfJob(db, id);
        return new ArtifactPage(files == 0 ? [] : ArtifactRows.OfJob(db, id, count, skip), files, bytes);
    });

    /// <summary>The files of a task.</summary>
    /// <exception cref="FarmError">There is no such task.</exception>
    public IReadOnlyList<Artifact> OfTask(Guid task) => store.Read(db =>
        ArtifactRows.OfTask(db, TaskRows.ByUuid(db, task)?.Id ?? throw FarmError.NotFound("no such task")));

    /// <summary>What the worker that failed a task last left to be read.</summary>
    /// <exception cref="FarmError">There is no such task.</exception>
    public IReadOnlyList<string> MessagesOfTask(Guid task) => store.Read(db =>
        TaskMessageRows.OfTask(db, TaskRows.ByUuid(db, task)?.Id ?? throw FarmError.NotFound("no such task")));

    /// <summary>A file.</summary>
    /// <exception cref="FarmError">There is no such file.</exception>
    public Artifact One(Guid uuid) => store.Read(db => ArtifactRows.ByUuid(db, uuid)) ?? throw FarmError.NotFound("there is no such file");
}
