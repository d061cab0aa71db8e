namespace Farm.Server.Contracts.FlowServ.Domain;

/// <summary>The verbs of this protocol in the audit, beside those of the farm.</summary>
internal static class WorkflowVerb
{
    /// <summary>A workflow was installed.</summary>
    public const string Install = "workflow.install";

    /// <summary>A workflow was removed.</summary>
    public const string Remove = "workflow.remove";

    /// <summary>A group was created.</summary>
    public const string CreateGroup = "group.create";

    /// <summary>The name or the members of a group were changed.</summary>
    public const string ChangeGroup = "group.change";

    /// <summary>A group was deleted, with its runs.</summary>
    public const string DeleteGroup = "group.delete";

    /// <summary>A file was uploaded for a group.</summary>
    public const string AddFile = "group.upload";

    /// <summary>A file of a group was deleted.</summary>
    public const string RemoveFile = "group.remove-file";

    /// <summary>A run was started.</summary>
    public const string StartRun = "run.start";

    /// <summary>A run was canceled.</summary>
    public const string CancelRun = "run.cancel";

    /// <summary>A run was deleted.</summary>
    public const string DeleteRun = "run.delete";

    /// <summary>A password reset was requested.</summary>
    public const string RequestReset = "account.reset-request";
}
