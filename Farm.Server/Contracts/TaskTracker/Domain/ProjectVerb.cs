namespace Farm.Server.Contracts.TaskTracker.Domain;

/// <summary>The verbs of this protocol in the audit, beside those of the farm.</summary>
internal static class ProjectVerb
{
    /// <summary>A project was created.</summary>
    public const string Create = "project.create";

    /// <summary>The details of a project were changed.</summary>
    public const string Change = "project.change";

    /// <summary>A push set the version of a project.</summary>
    public const string Push = "project.push";

    /// <summary>A worker requested access to a project.</summary>
    public const string RequestAccess = "project.request";

    /// <summary>A worker was granted access.</summary>
    public const string Grant = "project.grant";

    /// <summary>A worker was denied access.</summary>
    public const string Deny = "project.deny";

    /// <summary>The roles of somebody in a project were set.</summary>
    public const string SetRoles = "project.roles";

    /// <summary>The secret of a project was set.</summary>
    public const string SetSecret = "project.secret";

    /// <summary>The webhook secret of a project was set.</summary>
    public const string SetWebhookSecret = "project.webhook-secret";

    /// <summary>A secret of a project was read.</summary>
    public const string ReadSecret = "project.read-secret";

    /// <summary>Failed tasks were reset.</summary>
    public const string ResetFailed = "project.reset-failed";

    /// <summary>All tasks were removed.</summary>
    public const string HardReset = "project.reset";

    /// <summary>Assigned tasks were requeued.</summary>
    public const string Reclaim = "project.reclaim";
}
