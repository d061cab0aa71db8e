using Farm.Server.Store;
using Farm.Server.Store.Writing;

namespace Farm.Server.Operations.Projects;

/// <summary>What the tasks of projects have that other tasks have not (retries, verifications, hashes), as far as it concerns projects as a whole.</summary>
internal interface IProjectRecipes
{
    /// <summary>The tasks of a project that wait for more verifications, and how many verifications they have together.</summary>
    (long Tasks, long Verifications) Awaiting(Statements db, long jobId);

    /// <summary>The failed tasks in a range of places are about to wait again, as if they had never failed.</summary>
    void Resetting(WriteTransaction tx, long jobId, long from, long to);

    /// <summary>The tasks in a range of places that are not gone are about to be.</summary>
    void Removing(WriteTransaction tx, long jobId, long from, long to);

    /// <summary>The managers of a project changed it: its rate limits begin anew. Called on the writer's thread, after the commit.</summary>
    void Changed(long jobId);
}
