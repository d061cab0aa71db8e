using Dapper;
using Farm.Server.Contracts.TaskTracker.Domain;
using Farm.Server.Store.Engine;

namespace Farm.Server.Contracts.TaskTracker.Store;

/// <summary>Projects in the store. Queries skip projects that are being deleted.</summary>
internal static class ProjectTable
{
    private const string Selected =
        """
        SELECT p.job_id, j.uuid, p.tasks_closed, p.name, j.priority, p.clone_url, p.git_repo, p.version, p.motd, p.visibility, p.chain,
          p.is_paused, p.assign_rate, p.submit_rate
        FROM projects p JOIN jobs j ON j.id = p.job_id WHERE j.delete_requested_at IS NULL
        """;

    /// <summary>The project with this id, or null. Hot path: read at every hand-out.</summary>
    public static Project? ById(StoreSession db, long id) => db.First($"{Selected} AND p.job_id = $1", Read, id);

    /// <summary>The project with a name, even if it is being deleted; null when the name is free.</summary>
    public static long? NameHolder(StoreSession db, string name) =>
        db.Connection.QueryFirstOrDefault<long?>("SELECT job_id FROM projects WHERE name = @name", new { name });

    /// <summary>Inserts the project of a new job.</summary>
    public static void Insert(StoreSession db, long job, ProjectDetails details, string secret, string webhookSecret) => db.Connection.Execute(
        """
        INSERT INTO projects (job_id, name, clone_url, git_repo, version, motd, visibility, chain, is_paused, assign_rate, submit_rate,
          secret, webhook_secret)
        VALUES (@job, @Name, @CloneUrl, @GitRepo, @Version, @Motd, @Visibility, @Chain, @IsPaused, @AssignRate, @SubmitRate, @secret, @webhookSecret)
        """,
        Parameters(job, details, new { secret, webhookSecret }));

    /// <summary>Updates the details of a project; the caller updates name and priority of the job.</summary>
    public static void Update(StoreSession db, long job, ProjectDetails details) => db.Connection.Execute(
        """
        UPDATE projects SET name = @Name, clone_url = @CloneUrl, git_repo = @GitRepo, version = @Version, motd = @Motd, visibility = @Visibility,
          chain = @Chain, is_paused = @IsPaused, assign_rate = @AssignRate, submit_rate = @SubmitRate
        WHERE job_id = @job
        """,
        Parameters(job, details));

    /// <summary>Sets the commit that workers check out.</summary>
    public static void SetVersion(StoreSession db, long job, string version) =>
        db.Connection.Execute("UPDATE projects SET version = @version WHERE job_id = @job", new { job, version });

    /// <summary>Removes all chains to a project.</summary>
    public static void RemoveChainsTo(StoreSession db, long jobId) => db.Execute("UPDATE projects SET chain = NULL WHERE chain = $1", jobId);

    /// <summary>Counts a closed task.</summary>
    public static void CountClosed(StoreSession db, long jobId) =>
        db.Execute("UPDATE projects SET tasks_closed = tasks_closed + 1 WHERE job_id = $1", jobId);

    /// <summary>Every project with its secret for workers and its webhook secret, as they are stored.</summary>
    public static List<(long Project, string Secret, string WebhookSecret)> Secrets(StoreSession db) =>
        db.Connection.Query<(long, string, string)>("SELECT job_id, secret, webhook_secret FROM projects").AsList();

    /// <summary>The secret for workers; null when the project does not exist.</summary>
    public static string? Secret(StoreSession db, long job) =>
        db.Connection.QueryFirstOrDefault<string>("SELECT secret FROM projects WHERE job_id = @job", new { job });

    /// <summary>Sets the secret for workers.</summary>
    public static void SetSecret(StoreSession db, long job, string secret) =>
        db.Connection.Execute("UPDATE projects SET secret = @secret WHERE job_id = @job", new { job, secret });

    /// <summary>The secret that signs push events; null when the project does not exist.</summary>
    public static string? WebhookSecret(StoreSession db, long job) =>
        db.Connection.QueryFirstOrDefault<string>("SELECT webhook_secret FROM projects WHERE job_id = @job", new { job });

    /// <summary>Sets the secret that signs push events.</summary>
    public static void SetWebhookSecret(StoreSession db, long job, string secret) =>
        db.Connection.Execute("UPDATE projects SET webhook_secret = @secret WHERE job_id = @job", new { job, secret });

    /// <summary>The details as parameters of a statement, with the job and others.</summary>
    private static DynamicParameters Parameters(long job, ProjectDetails details, object? others = null)
    {
        var parameters = new DynamicParameters(details);
        parameters.Add("job", job);
        if (others is not null) parameters.AddDynamicParams(others);
        return parameters;
    }

    private static Project Read(StoreRow row) => new(row.GetInt64(0), row.Uuid(1), ReadDetails(row), row.GetInt64(2));

    private static ProjectDetails ReadDetails(StoreRow row) => new()
    {
        Name = row.GetString(3),
        Priority = row.GetInt32(4),
        CloneUrl = row.GetString(5),
        GitRepo = row.GetString(6),
        Version = row.GetString(7),
        Motd = row.GetString(8),
        Visibility = (ProjectVisibility)row.GetInt32(9),
        Chain = row.NumberOrNull(10),
        IsPaused = row.Flag(11),
        AssignRate = row.IsDBNull(12) ? null : row.GetDouble(12),
        SubmitRate = row.IsDBNull(13) ? null : row.GetDouble(13),
    };
}
