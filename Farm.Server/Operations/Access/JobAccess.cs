using Farm.Server.Domain;
using Farm.Server.Domain.Access;
using Farm.Server.Domain.Jobs;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Jobs;

namespace Farm.Server.Operations.Access;

/// <summary>Who may control a job: its owner, and those who control all jobs.</summary>
internal static class JobAccess
{
    /// <summary>Requires that a caller may control a job, outside a transaction.</summary>
    /// <exception cref="FarmException">They may not (<see cref="ErrorKind.Forbidden"/>).</exception>
    public static void Demand(IReadStore store, Caller caller, Job job) => store.Read(db =>
    {
        Demand(db, caller, job);
        return true;
    });

    /// <summary>Requires that a caller may control a job.</summary>
    /// <exception cref="FarmException">They may not (<see cref="ErrorKind.Forbidden"/>).</exception>
    public static void Demand(StoreSession db, Caller caller, Job job)
    {
        if (caller.May(Permission.ControlJobs)) return;
        caller.Demand(Permission.ControlOwnJobs);
        if (caller.Owns(JobOwnerTable.Of(db, job.Id))) return;
        throw new FarmException(ErrorKind.Forbidden, caller.Account is null
            ? $"job \"{job.Name}\" was not submitted from your machine; sign in as an operator to control it"
            : $"job \"{job.Name}\" is not yours; only operators control the jobs of others");
    }
}
