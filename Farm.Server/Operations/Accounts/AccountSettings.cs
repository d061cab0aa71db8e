namespace Farm.Server.Operations.Accounts;

/// <summary>Settings of accounts, for every protocol and the dashboard.</summary>
internal sealed record AccountSettings
{
    /// <summary>
    /// Whether people who register themselves may sign in at once. Otherwise an administrator activates them, because whoever signs in may start
    /// runs of workflows.
    /// </summary>
    public bool OpenRegistration { get; init; }
}
