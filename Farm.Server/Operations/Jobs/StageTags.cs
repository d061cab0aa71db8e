using Farm.Server.Domain;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Jobs;

/// <summary>Worker tags required by single stages.</summary>
internal static class StageTags
{
    /// <summary>Finds the tag that a stage requires by name.</summary>
    /// <param name="db">The session.</param>
    /// <param name="stage">A stage with a tag.</param>
    /// <param name="jobTag">The tag that its job requires; null for none. Scheduling matches only one tag, so both must be equal.</param>
    /// <exception cref="FarmException">The tag does not exist, or the job requires another one.</exception>
    public static long Find(StoreSession db, StageDraft stage, long? jobTag)
    {
        var tag = TagTable.ByNameIgnoringCase(db, stage.WorkerTag!)
            ?? throw FarmException.Invalid($"step \"{stage.Name}\" requires workers with the tag \"{stage.WorkerTag}\", which does not exist");
        return jobTag is null || jobTag == tag
            ? tag
            : throw FarmException.Invalid($"step \"{stage.Name}\" requires workers with the tag \"{stage.WorkerTag}\", but the job asks for another tag");
    }
}
