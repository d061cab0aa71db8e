using Dapper;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Domain.Accounts;
using Farm.Server.Store.Engine;
using Farm.Server.Store.Tables.Accounts;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>A worker and its access to a project.</summary>
/// <param name="Worker">The worker.</param>
/// <param name="Access">Its access.</param>
internal sealed record WorkerWithAccess(TrackerWorker Worker, ProjectAccess Access);

/// <summary>A manager and their roles in a project.</summary>
internal sealed record ManagerWithRoles(Account Manager, ProjectRoles Roles);

/// <summary>Workers with access to a project, and managers with roles in it.</summary>
internal static class ProjectPeopleView
{
    private const string WorkersOf =
        $"""
        SELECT {TrackerWorkerView.Columns}, a.may_assign, a.may_submit, a.is_pending
        FROM project_accesses a JOIN workers w ON w.id = a.worker_id LEFT JOIN tracker_workers t ON t.worker_id = w.id
        WHERE a.job_id = @job AND w.deleted_at IS NULL ORDER BY a.is_pending, w.name, w.id
        """;

    private const string ManagersOf =
        $"SELECT {AccountTable.Columns}, r.roles FROM project_roles r JOIN accounts a ON a.id = r.account_id WHERE r.job_id = @job ORDER BY a.id";

    /// <summary>All workers with access to a project: granted first, then pending, each by name.</summary>
    public static List<WorkerWithAccess> Workers(StoreSession db, long job) => db.Connection.Query<WorkerRow>(WorkersOf, new { job })
        .Select(row => new WorkerWithAccess(
            new TrackerWorker(row.Id, row.Uuid, row.Alias, row.CreatedAt, row.IsPaused, row.TasksClosed),
            new ProjectAccess(row.MayAssign, row.MaySubmit, row.IsPending)))
        .ToList();

    /// <summary>All managers with roles in a project, in order of registration.</summary>
    public static List<ManagerWithRoles> Managers(StoreSession db, long job) => db.Connection.Query<ManagerRow>(ManagersOf, new { job })
        .Select(row => new ManagerWithRoles(
            new Account(row.Id, row.Uuid, row.Username, row.IsActive, row.Role, row.CreatedAt), row.Roles))
        .ToList();

    private sealed record WorkerRow(
        long Id, Guid Uuid, string Alias, long CreatedAt, bool IsPaused, long TasksClosed, bool MayAssign, bool MaySubmit, bool IsPending);

    private sealed record ManagerRow(
        long Id, Guid Uuid, string Username, bool IsActive, Role Role, long CreatedAt, ProjectRoles Roles);
}
