using Farm.Server.Domain;
using Farm.Server.JobTypes.Drafts;
using Farm.Server.Store.Engine.Sqlite;
using Farm.Server.Store.Tables.Workers;

namespace Farm.Server.Operations.Jobs;

/// <summary>Tags that stages ask for by themselves.</summary>
internal static class StageTags
{
    /// <summary>The tag that a stage asks for by name.</summary>
    /// <param name="db">SqliteSession.</param>
    /// <param name="stage">A stage with a tag.</param>
    /// <param name="jobTag">The tag that its job asks for; null for none. A worker is looked for by one tag only, so both must be the same.</param>
    /// <exception cref="FarmException">There is no such tag, or the job asks for another.</exception>
    public static long Find(SqliteSession db, StageDraft stage, long? jobTag)
    {
        var tag = TagTable.ByNameIgnoringCase(db, stage.WorkerTag!)
            ?? throw FarmException.Invalid($"step \"{stage.Name}\" requires workers with the tag \"{stage.WorkerTag}\", and there is no such worker tag");
        return jobTag is null || jobTag == tag
            ? tag
            : throw FarmException.Invalid($"step \"{stage.Name}\" requires workers with the tag \"{stage.WorkerTag}\", but the job asks for another tag");
    }
}
