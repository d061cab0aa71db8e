namespace Farm.Server.Domain.Accounts;

/// <summary>What somebody is on a farm; <see cref="Access.AccessTable"/> says what each role may do. Stored by number.</summary>
internal enum Role
{
    /// <summary>A stranger where the farm is closed: only signs in.</summary>
    Stranger = -1,

    /// <summary>A machine that works: registers, takes tasks and reports on them, and looks.</summary>
    Worker = 0,

    /// <summary>Looks, and changes nothing: anyone on the network before the farm is set up.</summary>
    Viewer = 1,

    /// <summary>Has no account: submits jobs, and controls those submitted from the same machine.</summary>
    Visitor = 2,

    /// <summary>Has an account: submits jobs, and controls their own.</summary>
    Artist = 3,

    /// <summary>Controls all jobs and workers.</summary>
    Operator = 4,

    /// <summary>Manages people, settings, workflows and backups.</summary>
    Administrator = 5,
}
