using Farm.Server.Domain.Access;
using Farm.Server.Store.Engine;

namespace Farm.Server.Store.Tables.Jobs;

/// <summary>Reads who submitted jobs.</summary>
internal static class JobOwnerTable
{
    /// <summary>Who submitted a job; nobody if the job does not exist.</summary>
    public static JobOwner Of(StoreSession db, long jobId) => db.First(
        "SELECT submitted_by, submitted_from FROM jobs WHERE id = $1", static row => new JobOwner(row.NumberOrNull(0), row.GetString(1)), jobId);
}
